using System.Globalization;
using Mtcnn.Detection;
using OpenCvSharp;

namespace Mtcnn.Drawing;

/// <summary>Draws faces on their picture: boxes, scores and landmarks, legible whatever the picture's and the faces' sizes. Stateless and thread-safe.</summary>
public static class FaceDrawing
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    // Digits of the font at scale 1 are this many pixels high.
    private const double FontDigitHeight = 21;

    // Places are given to OpenCV in sixteenths of a pixel.
    private const int SubpixelBits = 4;

    private static readonly Scalar Ink = new(24, 24, 24);
    private static readonly Scalar BoxColor = new(80, 220, 60);

    // Eyes, nose, mouth corners: blue-green, yellow, magenta tell left from right at no glance, but the parts apart.
    private static readonly Scalar[] LandmarkColors =
        [new(255, 220, 60), new(255, 220, 60), new(60, 230, 255), new(200, 90, 255), new(200, 90, 255)];

    /// <summary>Draws faces on a picture.</summary>
    /// <param name="image">The picture that the faces are of: 8-bit BGR. Drawn on in place.</param>
    /// <param name="faces">The faces; drawn in falling score, the best on top.</param>
    /// <param name="options">What to draw; null for everything.</param>
    /// <exception cref="ArgumentException">The picture is empty or not 8-bit BGR.</exception>
    public static void Draw(Mat image, IReadOnlyCollection<Face> faces, FaceDrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        image.ThrowIfDisposed();
        if (image.Empty() || image.Type() != MatType.CV_8UC3)
        {
            throw new ArgumentException("Faces are drawn on 8-bit BGR pictures, as ImageReader gives them.", nameof(image));
        }

        options ??= new FaceDrawingOptions();
        Face[] bestLast = [.. faces.OrderBy(face => face.Score)];
        foreach (Face face in bestLast)
        {
            DrawMarks(image, face, options);
        }

        // No box may cross out a score.
        foreach (Face face in bestLast.Where(_ => options.Scores))
        {
            DrawScore(image, face);
        }
    }

    private static void DrawMarks(Mat image, Face face, FaceDrawingOptions options)
    {
        DrawingScale scale = DrawingScale.For(image.Width, image.Height, face.Box);
        if (options.Boxes && !face.Box.IsEmpty)
        {
            Point topLeft = ToPixel(image, face.Box.Left, face.Box.Top);
            Point bottomRight = ToPixel(image, face.Box.Right, face.Box.Bottom);
            Cv2.Rectangle(image, topLeft, bottomRight, Ink, scale.Stroke + (2 * scale.Rim), LineTypes.AntiAlias);
            Cv2.Rectangle(image, topLeft, bottomRight, BoxColor, scale.Stroke, LineTypes.AntiAlias);
        }

        if (options.Landmarks)
        {
            for (int i = 0; i < Landmarks.Count; i++)
            {
                DrawDot(image, face.Landmarks[i], scale.Dot + scale.Rim, Ink);
                DrawDot(image, face.Landmarks[i], scale.Dot, LandmarkColors[i]);
            }
        }
    }

    private static void DrawDot(Mat image, ImagePoint center, double radius, Scalar color)
    {
        const double Unit = 1 << SubpixelBits;
        Point place = ToPixel(image, center.X * Unit, center.Y * Unit);
        Cv2.Circle(image, place, (int)Math.Round(radius * Unit), color, Cv2.FILLED, LineTypes.AntiAlias, SubpixelBits);
    }

    /// <summary>Writes the score on a plate above the box; below its top edge where there is no room above, and always wholly inside the picture.</summary>
    private static void DrawScore(Mat image, Face face)
    {
        DrawingScale scale = DrawingScale.For(image.Width, image.Height, face.Box);
        string text = face.Score.ToString("0.000", CultureInfo.InvariantCulture);
        double fontScale = scale.Text / FontDigitHeight;
        int thickness = Math.Max(1, (int)Math.Round(scale.Text / 9));
        Size size = Cv2.GetTextSize(text, Font, fontScale, thickness, out _);
        int padding = Math.Max(2, (int)Math.Round(scale.Text / 3));
        int width = size.Width + (2 * padding);
        int height = size.Height + (2 * padding);
        if (width > image.Width || height > image.Height)
        {
            // A plate that does not fit would hide the whole picture and still be cut.
            return;
        }

        int edge = (scale.Stroke / 2) + scale.Rim;
        Point corner = ToPixel(image, face.Box.Left, face.Box.Top);
        int left = Math.Clamp(corner.X - edge, 0, image.Width - width);
        int top = corner.Y - edge - height;
        top = Math.Clamp(top >= 0 ? top : corner.Y - edge, 0, image.Height - height);
        Cv2.Rectangle(image, new Rect(left, top, width, height), BoxColor, Cv2.FILLED);
        Cv2.PutText(image, text, new Point(left + padding, top + padding + size.Height), Font, fontScale, Ink, thickness, LineTypes.AntiAlias);
    }

    /// <summary>Rounds a place; far outside the picture it is moved nearer, where OpenCV's whole numbers can hold it.</summary>
    private static Point ToPixel(Mat image, double x, double y)
    {
        double far = 64.0 * Math.Max(image.Width, image.Height);
        return new Point((int)Math.Round(Math.Clamp(x, -far, far)), (int)Math.Round(Math.Clamp(y, -far, far)));
    }
}
