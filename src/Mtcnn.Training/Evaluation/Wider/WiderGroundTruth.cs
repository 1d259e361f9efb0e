using Mtcnn.Faces;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation.Matlab;

namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>Reads the official lists of WIDER FACE's evaluation: the marked faces, and the faces to count in each set.</summary>
public static class WiderGroundTruth
{
    private const int BoxNumbers = 4;

    /// <summary>The file with all boxes.</summary>
    public const string BoxesFile = "wider_face_val.mat";

    /// <summary>The file that lists the faces to count.</summary>
    public static string FileOf(WiderDifficulty difficulty) => difficulty switch
    {
        WiderDifficulty.Easy => "wider_easy_val.mat",
        WiderDifficulty.Medium => "wider_medium_val.mat",
        _ => "wider_hard_val.mat",
    };

    /// <summary>Reads a folder with the four files of the official evaluation's "ground_truth".</summary>
    /// <param name="folder">The folder; files of MATLAB's version 5 or 7, as they are published.</param>
    /// <returns>The images, in the order of the lists.</returns>
    /// <exception cref="AnnotationException">A file is missing, damaged, or does not fit the others; the message names the file and the image.</exception>
    public static IReadOnlyList<WiderImage> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string boxesPath = Path.Combine(folder, BoxesFile);
        IReadOnlyDictionary<string, MatArray> variables = MatFile.Read(boxesPath);
        IReadOnlyList<MatArray> events = CellsOf(variables, boxesPath, "event_list");
        IReadOnlyList<MatArray> files = CellsOf(variables, boxesPath, "file_list", events.Count);
        IReadOnlyList<MatArray> boxes = CellsOf(variables, boxesPath, "face_bbx_list", events.Count);
        Dictionary<WiderDifficulty, IReadOnlyList<MatArray>> counted = [];
        foreach (WiderDifficulty difficulty in Enum.GetValues<WiderDifficulty>())
        {
            string path = Path.Combine(folder, FileOf(difficulty));
            counted[difficulty] = CellsOf(MatFile.Read(path), path, "gt_list", events.Count);
        }

        List<WiderImage> images = [];
        for (int i = 0; i < events.Count; i++)
        {
            string name = events[i].Text ?? throw new AnnotationException($"{boxesPath}: member {i + 1} of event_list is not text.");
            AddEvent(images, name, boxesPath, files[i], boxes[i], counted.ToDictionary(pair => pair.Key, pair => pair.Value[i]), folder);
        }

        return images;
    }

    private static void AddEvent(
        List<WiderImage> images, string name, string path, MatArray files, MatArray boxes, Dictionary<WiderDifficulty, MatArray> counted, string folder)
    {
        IReadOnlyList<MatArray> names = files.Cells ?? throw new AnnotationException($"{path}: file_list of {name} is not a cell array.");
        IReadOnlyList<MatArray> ofImage = MembersOf(boxes, names.Count, $"{path}: face_bbx_list of {name}");
        Dictionary<WiderDifficulty, IReadOnlyList<MatArray>> lists = counted.ToDictionary(
            pair => pair.Key, pair => MembersOf(pair.Value, names.Count, $"{Path.Combine(folder, FileOf(pair.Key))}: gt_list of {name}"));
        for (int i = 0; i < names.Count; i++)
        {
            string file = names[i].Text ?? throw new AnnotationException($"{path}: member {i + 1} of file_list of {name} is not text.");
            Box[] marked = BoxesOf(ofImage[i], $"{path}: {name}/{file}");
            images.Add(new WiderImage(name, file, marked, lists.ToDictionary(
                pair => pair.Key,
                pair => IndicesOf(pair.Value[i], marked.Length, $"{Path.Combine(folder, FileOf(pair.Key))}: {name}/{file}"))));
        }
    }

    // One row per face, in MATLAB's order: all left edges, all top edges, all widths, all heights.
    private static Box[] BoxesOf(MatArray array, string place)
    {
        if (array.Numbers is not { } numbers || (numbers.Count > 0 && array.Dimensions is not [_, BoxNumbers]))
        {
            throw new AnnotationException($"{place}: expected boxes with rows of {BoxNumbers} numbers.");
        }

        int rows = numbers.Count / BoxNumbers;
        return [.. Enumerable.Range(0, rows).Select(row => new Box(
            numbers[row],
            numbers[rows + row],
            numbers[row] + numbers[(2 * rows) + row],
            numbers[rows + row] + numbers[(3 * rows) + row]))];
    }

    // Indices start at 1.
    private static IReadOnlyList<int> IndicesOf(MatArray array, int count, string place)
    {
        IReadOnlyList<double> numbers = array.Numbers ?? throw new AnnotationException($"{place}: the list of faces to count is not numeric.");
        double wrong = numbers.FirstOrDefault(number => !(number >= 1 && number <= count), double.NaN);
        return double.IsNaN(wrong)
            ? [.. numbers.Select(number => (int)number - 1)]
            : throw new AnnotationException(FormattableString.Invariant($"{place}: the list of faces to count contains face {wrong}, but only {count} faces are marked."));
    }

    private static IReadOnlyList<MatArray> CellsOf(IReadOnlyDictionary<string, MatArray> variables, string path, string name, int? count = null)
    {
        MatArray variable = variables.GetValueOrDefault(name)
            ?? throw new AnnotationException($"{path}: the variable {name} of the official evaluation's files is missing. Variables are {string.Join(", ", variables.Keys)}.");
        return MembersOf(variable, count ?? variable.Cells?.Count ?? 0, $"{path}: {name}");
    }

    private static IReadOnlyList<MatArray> MembersOf(MatArray array, int count, string place)
    {
        IReadOnlyList<MatArray> cells = array.Cells ?? throw new AnnotationException($"{place} is not a cell array.");
        return cells.Count == count ? cells : throw new AnnotationException($"{place} has {cells.Count} members instead of {count}.");
    }
}
