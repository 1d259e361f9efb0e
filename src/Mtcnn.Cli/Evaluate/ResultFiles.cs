using Mtcnn.Training.Evaluation.Fddb;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Writes detections in the official formats.</summary>
internal static class ResultFiles
{
    /// <summary>Writes a set's detections. A null path omits that format. Throws <see cref="IOException"/> if a file cannot be written.</summary>
    public static void Write(EvaluatedSet set, string? widerFolder, string? fddbFile)
    {
        if (widerFolder is not null)
        {
            foreach ((string name, int index) in set.Source.Names.Select((name, index) => (name, index)))
            {
                WiderResultFiles.Write(widerFolder, name, set.Findings[index].Detected);
            }
        }

        if (fddbFile is not null)
        {
            // Sets are appended, like FDDB's folds.
            using StreamWriter writer = File.AppendText(fddbFile);
            foreach ((string name, int index) in set.Source.Names.Select((name, index) => (name, index)))
            {
                FddbResultFiles.Write(writer, Path.ChangeExtension(name, null), set.Findings[index].DetectedBoxes);
            }
        }
    }
}
