using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>Images of a wanted size, or with a wanted number of faces, made of photos.</summary>
internal static class MadeImages
{
    /// <summary>4K.</summary>
    public static readonly Size Large = new(3840, 2160);

    private const int Columns = 20;
    private const int Rows = 15;

    private static readonly string[] s_portraits = ["astronaut.png", "biden.jpg", "dlib-faces/Tom_Cruise_avp_2014_4.jpg"];

    /// <summary>A photo at another size, cut to its proportions; it stays the same photo, so that what is in it grows with it.</summary>
    public static Mat Scaled(string photo, Size size)
    {
        using Mat image = ImageReader.Read(Path.Combine(BenchmarkFolders.Photos, photo));
        int height = Math.Min(image.Height, image.Width * size.Height / size.Width);
        int width = Math.Min(image.Width, image.Height * size.Width / size.Height);
        using Mat part = new(image, new Rect((image.Width - width) / 2, (image.Height - height) / 2, width, height));
        Mat scaled = new();
        Cv2.Resize(part, scaled, size, 0, 0, size.Width < width ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        return scaled;
    }

    /// <summary>Faces of photos in a grid on gray, at 4K.</summary>
    /// <param name="faces">How many, at most 300.</param>
    public static Mat Grid(int faces)
    {
        Mat[] portraits = [.. s_portraits.Select(Portrait)];
        Mat grid = new(Large, MatType.CV_8UC3, new Scalar(128, 128, 128));
        // Spread over the image, whatever their number.
        for (int face = 0; face < faces; face++)
        {
            int place = (int)((long)face * Columns * Rows / faces);
            Rect cell = new(
                place % Columns * Large.Width / Columns, place / Columns * Large.Height / Rows, portraits[0].Width, portraits[0].Height);
            using Mat part = new(grid, cell);
            portraits[face % portraits.Length].CopyTo(part);
        }

        Array.ForEach(portraits, portrait => portrait.Dispose());
        return grid;
    }

    // The best face and as much around it again, at the size of a cell.
    private static Mat Portrait(string photo)
    {
        using Mat image = ImageReader.Read(Path.Combine(BenchmarkFolders.Photos, photo));
        using FaceDetector detector = new(new FaceDetectorOptions { MaximumFaces = 1 });
        Box face = detector.Detect(image)[0].Box;
        int side = (int)(1.6 * Math.Max(face.Width, face.Height));
        Rect around = new((int)face.Center.X - (side / 2), (int)face.Center.Y - (side / 2), side, side);
        using Mat part = new(image, around.Intersect(new Rect(0, 0, image.Width, image.Height)));
        Mat portrait = new();
        int cell = Large.Height / Rows;
        Cv2.Resize(part, portrait, new Size(cell, cell), 0, 0, InterpolationFlags.Area);
        return portrait;
    }
}
