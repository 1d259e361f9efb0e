using OpenCvSharp;

namespace Mtcnn.Suite.Rivals;

/// <summary>A way to find faces that a user could pick. It is disposed when done.</summary>
internal interface IDetectorRival : IDisposable
{
    /// <summary>What the tables call it.</summary>
    string Name { get; }

    /// <summary>Finds the faces of an image.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="image">Its pixels, 8-bit BGR.</param>
    /// <returns>What was found, and how long it took from pixels to faces.</returns>
    RivalAnswer Detect(string path, Mat image);
}
