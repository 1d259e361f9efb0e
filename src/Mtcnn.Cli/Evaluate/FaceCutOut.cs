using Mtcnn.Alignment;
using Mtcnn.Drawing;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Cuts a face from its image, with the marked face and the detection drawn on it.</summary>
internal static class FaceCutOut
{
    private const int Side = 192;

    // A margin around the face makes it recognizable.
    private const double Margin = 0.6;

    private static readonly Scalar MarkedColor = new(255, 60, 255);
    private static readonly FaceCropper Cropper = new(Margin, square: true);

    /// <summary>Returns the crop as a JPEG file.</summary>
    public static byte[] Of(WorstFace face)
    {
        using Mat image = ImageReader.Read(face.Image.Path);
        Box region = AtLeastAPixel(face.Region);
        using Mat small = Cropper.Crop(image, region);
        PixelRect place = Cropper.RegionOf(region);
        double scale = (double)Side / small.Width;
        using Mat shown = small.Resize(new Size(Side, Side), interpolation: scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        ImagePoint At(ImagePoint point) => new((point.X - place.X) * scale, (point.Y - place.Y) * scale);
        Box BoxAt(Box box)
        {
            (ImagePoint topLeft, ImagePoint bottomRight) = (At(new ImagePoint(box.Left, box.Top)), At(new ImagePoint(box.Right, box.Bottom)));
            return new Box(topLeft.X, topLeft.Y, bottomRight.X, bottomRight.Y);
        }

        if (face.Detected is { } detected)
        {
            Face moved = detected with { Box = BoxAt(detected.Box), Landmarks = new Landmarks(Array.ConvertAll(detected.Landmarks.ToArray(), At)) };
            FaceDrawing.Draw(shown, [moved], new FaceDrawingOptions { Labels = false });
        }

        if (face.Marked?.Box is { } marked)
        {
            Box box = BoxAt(marked);
            Cv2.Rectangle(shown, new Point((int)box.Left, (int)box.Top), new Point((int)box.Right, (int)box.Bottom), MarkedColor);
        }

        foreach (ImagePoint point in face.Marked?.Points ?? [])
        {
            ImagePoint at = At(point);
            Cv2.DrawMarker(shown, new Point((int)at.X, (int)at.Y), MarkedColor, MarkerTypes.Cross, markerSize: 7);
        }

        return shown.ToBytes(".jpg");
    }

    private static Box AtLeastAPixel(Box box) =>
        new(box.Left, box.Top, Math.Max(box.Right, box.Left + 1), Math.Max(box.Bottom, box.Top + 1));
}
