using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Drawing;

/// <summary>Draws faces on their image: boxes, scores and landmarks, legible whatever the image's and the faces' sizes. Stateless and thread-safe.</summary>
public static class FaceDrawing
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    // Digits of the font at scale 1 are this many pixels high.
    private const double FontDigitHeight = 21;

    // Places are given to OpenCV in sixteenths of a pixel.
    private const int SubpixelBits = 4;

    private static readonly Scalar Ink = new(24, 24, 24);
    private static readonly Scalar BoxColor = new(80, 220, 60);

    // One colour for the eyes, one for the nose, one for the corners of the mouth.
    private static readonly Scalar[] LandmarkColors =
        [new(255, 220, 60), new(255, 220, 60), new(60, 230, 255), new(200, 90, 255), new(200, 90, 255)];

    /// <summary>Draws faces on an image.</summary>
    /// <param name="image">The image that the faces are of: 8-bit BGR. Drawn on in place.</param>
    /// <param name="faces">The faces; drawn in falling score, the best on top.</param>
    /// <param name="options">What to draw; null for everything.</param>
    /// <exception cref="ArgumentException">The image is empty or not 8-bit BGR.</exception>
    public static void Draw(Mat image, IReadOnlyCollection<Face> faces, FaceDrawingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        image.ThrowIfDisposed();
        if (image.Empty() || image.Type() != MatType.CV_8UC3)
        {
            throw new ArgumentException("Faces are drawn on 8-bit BGR images, as ImageReader gives them.", nameof(image));
        }

        options ??= new FaceDrawingOptions();
        Face[] bestLast = [.. faces.OrderBy(face => face.Score)];
        foreach (Face face in bestLast)
        {
            DrawMarks(image, face, options);
        }

        if (options.Labels)
        {
            // After all boxes, so that no box crosses out a label.
            Face[] boxed = [.. bestLast.Where(face => !face.Box.IsEmpty)];
            PlatePlacement places = new(image.Size(), boxed.Select(face => face.Box));
            foreach (Face face in boxed.Reverse())
            {
                DrawLabel(image, face, options.Label(face), places);
            }
        }
    }

    private static void DrawMarks(Mat image, Face face, FaceDrawingOptions options)
    {
        DrawingScale scale = DrawingScale.For(image.Width, image.Height, face.Box);
        if (options.Boxes && !face.Box.IsEmpty)
        {
            Point topLeft = ToPixel(image, face.Box.Left, face.Box.Top);
            Point bottomRight = ToPixel(image, face.Box.Right, face.Box.Bottom);
            if (scale.Rim > 0)
            {
                Cv2.Rectangle(image, topLeft, bottomRight, Ink, scale.Stroke + (2 * scale.Rim), LineTypes.AntiAlias);
            }

            Cv2.Rectangle(image, topLeft, bottomRight, BoxColor, scale.Stroke, LineTypes.AntiAlias);
        }

        if (options.Landmarks)
        {
            for (int i = 0; i < Landmarks.Count; i++)
            {
                if (scale.Rim > 0)
                {
                    DrawDot(image, face.Landmarks[i], scale.Dot + scale.Rim, Ink);
                }

                DrawDot(image, face.Landmarks[i], scale.Dot, LandmarkColors[i]);
            }
        }
    }

    private static void DrawDot(Mat image, ImagePoint center, double radius, Scalar color)
    {
        if (double.IsNaN(center.X) || double.IsNaN(center.Y))
        {
            return;
        }

        const double Unit = 1 << SubpixelBits;
        Point place = ToPixel(image, center.X * Unit, center.Y * Unit);
        Cv2.Circle(image, place, (int)Math.Round(radius * Unit), color, Cv2.FILLED, LineTypes.AntiAlias, SubpixelBits);
    }

    /// <summary>Writes a label on a plate beside the box, wholly inside the image.</summary>
    private static void DrawLabel(Mat image, Face face, string text, PlatePlacement places)
    {
        DrawingScale scale = DrawingScale.For(image.Width, image.Height, face.Box);
        double fontScale = scale.Text / FontDigitHeight;
        int thickness = Math.Max(1, (int)Math.Round(scale.Text / 9));
        Size size = Cv2.GetTextSize(text, Font, fontScale, thickness, out _);
        int padding = Math.Max(2, (int)Math.Round(scale.Text / 3.5));
        Size plate = new(size.Width + (2 * padding), size.Height + (2 * padding));
        if (plate.Width > image.Width || plate.Height > image.Height)
        {
            // A plate that does not fit would hide the whole image and still be cut.
            return;
        }

        Rect place = places.Take(face.Box, plate, (scale.Stroke / 2) + scale.Rim);
        Cv2.Rectangle(image, place, BoxColor, Cv2.FILLED);
        Cv2.PutText(image, text, new Point(place.X + padding, place.Y + padding + size.Height), Font, fontScale, Ink, thickness, LineTypes.AntiAlias);
    }

    /// <summary>Rounds a place; far outside the image it is moved nearer, where OpenCV's whole numbers can hold it.</summary>
    private static Point ToPixel(Mat image, double x, double y)
    {
        double far = 64.0 * Math.Max(image.Width, image.Height);
        return new Point((int)Math.Round(Math.Clamp(x, -far, far)), (int)Math.Round(Math.Clamp(y, -far, far)));
    }
}
