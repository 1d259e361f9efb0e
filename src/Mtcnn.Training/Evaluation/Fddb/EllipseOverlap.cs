using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;
using OpenCvSharp;

namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>Computes the overlap of boxes and ellipses by counting pixels of the image, as FDDB's evaluation does.</summary>
internal static class EllipseOverlap
{
    // OpenCV gets coordinates in sixteenths of a pixel.
    private const int SubpixelBits = 4;

    /// <summary>Returns the intersection over union of every box with every ellipse, one row per box.</summary>
    public static double[][] Of(ImageSize image, IReadOnlyList<ScoredBox> boxes, IReadOnlyList<FddbEllipse> ellipses)
    {
        double[][] overlaps = [.. boxes.Select(_ => new double[ellipses.Count])];
        for (int column = 0; column < ellipses.Count; column++)
        {
            using Mat mask = Draw(image, ellipses[column]);
            int ofEllipse = Cv2.CountNonZero(mask);
            for (int row = 0; row < boxes.Count; row++)
            {
                Rect region = PixelsOf(boxes[row].Box) & new Rect(0, 0, image.Width, image.Height);
                if (region.Width <= 0 || region.Height <= 0)
                {
                    continue;
                }

                using Mat inside = mask.SubMat(region);
                double common = Cv2.CountNonZero(inside);
                overlaps[row][column] = common / ((region.Width * (double)region.Height) + ofEllipse - common);
            }
        }

        return overlaps;
    }

    private static Mat Draw(ImageSize image, FddbEllipse ellipse)
    {
        const double Unit = 1 << SubpixelBits;
        Mat mask = new(image.Height, image.Width, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Ellipse(
            mask,
            new Point((int)Math.Round(ellipse.Center.X * Unit), (int)Math.Round(ellipse.Center.Y * Unit)),
            new Size((int)Math.Round(ellipse.MajorRadius * Unit), (int)Math.Round(ellipse.MinorRadius * Unit)),
            ellipse.Angle * 180 / Math.PI,
            0,
            360,
            Scalar.All(255),
            Cv2.FILLED,
            LineTypes.Link8,
            SubpixelBits);
        return mask;
    }

    private static Rect PixelsOf(Box box)
    {
        const double Far = 1 << 28;
        int left = (int)Math.Round(Math.Clamp(box.Left, -Far, Far));
        int top = (int)Math.Round(Math.Clamp(box.Top, -Far, Far));
        return new Rect(left, top, (int)Math.Round(Math.Clamp(box.Right, -Far, Far)) - left, (int)Math.Round(Math.Clamp(box.Bottom, -Far, Far)) - top);
    }
}
