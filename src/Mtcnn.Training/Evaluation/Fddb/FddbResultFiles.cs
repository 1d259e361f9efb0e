using System.Globalization;
using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>Writes the text file of detections that FDDB's evaluation reads, and the files of curves that it writes.</summary>
public static class FddbResultFiles
{
    /// <summary>Writes the detections in an image: its name, the number of faces, then left, top, width, height and score of each.</summary>
    public static void Write(TextWriter writer, string name, IReadOnlyCollection<ScoredBox> faces)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}\n{faces.Count}\n"));
        foreach (ScoredBox face in faces)
        {
            Box box = face.Box;
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{box.Left:0.##} {box.Top:0.##} {box.Width:0.##} {box.Height:0.##} {face.Score:0.######}\n"));
        }
    }

    /// <summary>Writes <c>DiscROC.txt</c> and <c>ContROC.txt</c> to a folder: true positive rate, false positives and score of each point.</summary>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void WriteCurves(string folder, IReadOnlyList<FddbRocPoint> points)
    {
        Directory.CreateDirectory(folder);
        WriteCurve(Path.Combine(folder, "DiscROC.txt"), points, point => point.Discrete);
        WriteCurve(Path.Combine(folder, "ContROC.txt"), points, point => point.Continuous);
    }

    private static void WriteCurve(string path, IReadOnlyList<FddbRocPoint> points, Func<FddbRocPoint, double> rate) => File.WriteAllLines(
        path, points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{rate(point):0.######} {point.FalsePositives} {point.Score:0.######}")));
}
