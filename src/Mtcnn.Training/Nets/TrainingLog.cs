using System.Globalization;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Nets;

/// <summary>The log of a training, with one line per validation.</summary>
internal sealed class TrainingLog
{
    private const string Header =
        "iteration,seconds,learning_rate,loss,classification_loss,offset_loss,point_loss,"
        + "validation_crops,validation_classification_loss,validation_accuracy,validation_recall,validation_false_positive_rate,"
        + "validation_box_crops,validation_offset_loss,validation_landmark_crops,validation_point_loss,validation_landmark_error,validation_landmark_failures";

    private readonly string _path;
    private readonly List<TrainingLogRow> _rows = [];

    /// <summary>Creates a log, or continues the log of an interrupted run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="iteration">The iteration at which the training resumes. Later lines are removed.</param>
    /// <exception cref="RunException">The file is damaged.</exception>
    internal TrainingLog(string path, int iteration)
    {
        _path = path;
        if (iteration > 0 && File.Exists(path))
        {
            string[] lines = File.ReadAllLines(path);
            for (int line = 1; line < lines.Length; line++)
            {
                TrainingLogRow row = Parse(lines[line], line + 1);
                if (row.Iteration <= iteration)
                {
                    _rows.Add(row);
                }
            }
        }

        RecordFile.Write(path, string.Join('\n', _rows.Select(Text).Prepend(Header)));
    }

    internal IReadOnlyList<TrainingLogRow> Rows => _rows;

    internal void Add(TrainingLogRow row)
    {
        _rows.Add(row);
        File.AppendAllLines(_path, [Text(row)]);
    }

    private static string Text(TrainingLogRow row)
    {
        NetValidation validation = row.Validation;
        IFormattable?[] cells =
        [
            row.Iteration, row.Seconds, row.LearningRate, row.Losses.Total, row.Losses.Classification, row.Losses.Offsets, row.Losses.Points,
            validation.ClassifiedCrops, validation.ClassificationLoss, validation.Accuracy, validation.Recall, validation.FalsePositiveRate,
            validation.RegressedCrops, validation.OffsetLoss,
            validation.LandmarkCrops, validation.PointLoss, validation.LandmarkError, validation.LandmarkFailures,
        ];
        return string.Join(',', cells.Select(cell => cell?.ToString(null, CultureInfo.InvariantCulture)));
    }

    private TrainingLogRow Parse(string text, int line)
    {
        string[] cells = text.Split(',');
        try
        {
            return new(
                (int)Number(cells[0])!, Number(cells[1])!.Value, (float)Number(cells[2])!, new(Number(cells[3])!.Value, Number(cells[4]), Number(cells[5]), Number(cells[6])),
                new NetValidation
                {
                    ClassifiedCrops = (int)Number(cells[7])!,
                    ClassificationLoss = Number(cells[8]),
                    Accuracy = Number(cells[9]),
                    Recall = Number(cells[10]),
                    FalsePositiveRate = Number(cells[11]),
                    RegressedCrops = (int)Number(cells[12])!,
                    OffsetLoss = Number(cells[13]),
                    LandmarkCrops = (int)Number(cells[14])!,
                    PointLoss = Number(cells[15]),
                    LandmarkError = Number(cells[16]),
                    LandmarkFailures = Number(cells[17]),
                });
        }
        catch (Exception failure) when (failure is FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new RunException($"{_path}({line}): this is not a line of a training's log. Move the file away to continue without its contents.", failure);
        }
    }

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}
