using System.Globalization;
using Mtcnn.Faces;
using Sylvan.Data.Csv;

namespace Mtcnn.Training.Annotations;

/// <summary>CSV annotations: a header, then a row per face.</summary>
internal sealed class CsvFormat() : AnnotationFormat("csv", "a .csv file with a header and a row per face")
{
    private static readonly string[] BoxColumns = ["left", "top", "right", "bottom"];
    private static readonly string[] FivePoints = ["left_eye", "right_eye", "nose", "left_mouth", "right_mouth"];
    private static readonly string[] FourPoints = ["left_eye", "right_eye", "nose", "mouth"];

    internal override bool Matches(AnnotationSource source) => source.HasExtension(".csv");

    internal override AnnotationSet Read(AnnotationSource source)
    {
        try
        {
            using CsvDataReader reader = CsvDataReader.Create(source.Path);
            return new Rows(source.Path, reader).ReadAll(source.Images);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidDataException)
        {
            throw new AnnotationException($"{source.Path}: not a CSV file with a header of distinct columns: {exception.Message}", exception);
        }
    }

    private sealed class Rows
    {
        private readonly string _path;
        private readonly CsvDataReader _reader;
        private readonly Dictionary<string, int> _columns;

        internal Rows(string path, CsvDataReader reader)
        {
            _path = path;
            _reader = reader;
            _columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => column, StringComparer.OrdinalIgnoreCase);
        }

        internal AnnotationSet ReadAll(string images)
        {
            bool hasBox = Array.TrueForAll(BoxColumns, _columns.ContainsKey);
            string[] points = Array.Find([FivePoints, FourPoints], names => Array.TrueForAll(names, HasPoint)) ?? [];
            int imageColumn = _columns.GetValueOrDefault("image", -1);
            if (imageColumn < 0 || (!hasBox && points.Length == 0))
            {
                throw new AnnotationException(
                    $"{_path}: the header needs the column image, and {string.Join(", ", BoxColumns)} or left_eye_x, left_eye_y and so on; it has {string.Join(", ", _columns.Keys)}.");
            }

            ImageCollector collector = new(images);
            while (_reader.Read())
            {
                string image = collector.AddImage(_reader.GetString(imageColumn), Place);
                collector.AddFace(image, ReadFace(hasBox, points));
            }

            MatchRule rule = points.Length switch
            {
                0 => MatchRule.BoxOverlap,
                Landmarks.Count => MatchRule.AroundMiddle,
                _ => MatchRule.AroundPoints,
            };
            return collector.ToSet(_path, rule);
        }

        // The header is the first line.
        private string Place => $"{_path}({_reader.RowNumber + 1})";

        private bool HasPoint(string name) => _columns.ContainsKey($"{name}_x") && _columns.ContainsKey($"{name}_y");

        private AnnotatedFace ReadFace(bool hasBox, string[] pointNames)
        {
            Box? box = hasBox ? new Box(Number("left"), Number("top"), Number("right"), Number("bottom")) : null;
            ImagePoint[] points = Array.ConvertAll(pointNames, name => new ImagePoint(Number($"{name}_x"), Number($"{name}_y")));
            return new AnnotatedFace(box, points, points.Length == Landmarks.Count ? new Landmarks(points) : null) { Place = Place };
        }

        private double Number(string column)
        {
            string text = _reader.GetString(_columns[column]);
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw new AnnotationException($"{_path}: row {_reader.RowNumber}: the column {column} is not a number: \"{text}\".");
        }
    }
}
