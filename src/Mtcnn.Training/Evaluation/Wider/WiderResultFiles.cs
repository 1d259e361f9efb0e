using System.Globalization;
using System.Text;
using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>Writes the text files that WIDER FACE's evaluation reads: one per image, in a folder per event.</summary>
public static class WiderResultFiles
{
    /// <summary>
    /// Writes <c>folder/event/name.txt</c>: the image's name, the number of faces, then a line per face: left, top, width, height and score.
    /// </summary>
    /// <param name="folder">The folder, which is created if it is missing. An existing file is replaced.</param>
    /// <param name="relativePath">The image inside the folder of images, such as "0--Parade/0_Parade_1.jpg".</param>
    /// <param name="faces">The detections in the image.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string folder, string relativePath, IReadOnlyCollection<Face> faces)
    {
        string path = Path.Combine(folder, Path.ChangeExtension(relativePath, ".txt"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        StringBuilder text = new();
        text.Append(Path.GetFileNameWithoutExtension(relativePath)).Append('\n').Append(faces.Count).Append('\n');
        foreach (Face face in faces)
        {
            text.Append(CultureInfo.InvariantCulture, $"{face.Box.Left:0.##} {face.Box.Top:0.##} {face.Box.Width:0.##} {face.Box.Height:0.##} {face.Score:0.######}\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
