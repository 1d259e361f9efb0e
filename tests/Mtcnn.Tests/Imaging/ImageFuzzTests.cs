using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Hashing;
using CaffeSharp.Tests.Support;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Imaging;

/// <summary>
/// Reads randomly modified images of every format and detects faces in them. Each either succeeds or fails as documented, and the
/// detector's later results are unchanged. docs/fuzzing.md describes longer runs.
/// </summary>
public sealed class ImageFuzzTests
{
    private const string CountVariable = "MTCNN_FUZZ_IMAGES";
    private const int UsualCount = 2000;
    private const int ImagesBetweenChecks = 1000;

    // Small enough for thousands of detections. Images that declare a larger size are refused.
    private const long MaximumPixels = 40_000;

    private static readonly string[] Formats = [".png", ".jpg", ".webp", ".bmp", ".tiff", ".gif", ".ppm", ".jp2"];
    private static readonly uint[] Edges = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    [Fact]
    public void Detect_in_changed_images_works_or_fails_as_documented_and_changes_nothing()
    {
        SharedFolder.RequireOriginals();
        int count = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out int asked) ? asked : UsualCount;
        byte[][] whole = WholeImages();
        FaceDetector detector = Detectors.Authors;
        string astronaut = SharedFiles.Image("astronaut.png");
        IReadOnlyList<Face> expected = detector.Detect(astronaut);
        int read = 0;

        for (int index = 0; index < count; index++)
        {
            Random random = new(index);
            read += TryDetect(detector, Changed(whole[index % whole.Length], random)) ? 1 : 0;
            if ((index + 1) % ImagesBetweenChecks == 0)
            {
                Assert.Equal(expected, detector.Detect(astronaut));
            }
        }

        // Both readable and refused images must occur.
        Assert.InRange(read, count / 10, count * 9 / 10);
        Assert.Equal(expected, detector.Detect(astronaut));
        Assert.InRange(Assert.Single(expected).Box.Left, 178.7, 178.9);
    }

    // A small face, in every format that can be written.
    private static byte[][] WholeImages()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat face = new(photo, new Rect(170, 60, 110, 130));
        using Mat small = face.Resize(new Size(55, 65), interpolation: InterpolationFlags.Area);
        return [.. Formats.Select(format => small.ImEncode(format))];
    }

    private static bool TryDetect(FaceDetector detector, byte[] bytes)
    {
        try
        {
            using Mat image = ImageReader.Decode(bytes, MaximumPixels);
            Assert.All(detector.Detect(image), face => Assert.InRange(face.Score, 0, 1));
            return true;
        }
        catch (ImageException exception)
        {
            Assert.NotEqual(0, exception.Message.Length);
            return false;
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "A failure must be the same the next time.")]
    private static byte[] Changed(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int change = random.Next(1, 6); change > 0 && bytes.Count > 8; change--)
        {
            // Headers are short, and most branches depend on them.
            int at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Count, 100)) : random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    OverwriteNumber(bytes, at, random);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
            }
        }

        byte[] changed = [.. bytes];
        MendChecksums(changed);
        return changed;
    }

    [SuppressMessage("Security", "CA5394", Justification = "A failure must be the same the next time.")]
    private static void OverwriteNumber(List<byte> bytes, int at, Random random)
    {
        byte[] number = new byte[sizeof(uint)];
        uint value = Edges[random.Next(Edges.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        }

        for (int i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    // A PNG with wrong checksums is refused before the rest is parsed.
    private static void MendChecksums(byte[] bytes)
    {
        const int Signature = 8;
        const int Overhead = 12;
        if (bytes.Length < Signature || bytes[0] != 0x89)
        {
            return;
        }

        for (long at = Signature; at + Overhead <= bytes.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (at + Overhead + length > bytes.Length)
            {
                return;
            }

            Span<byte> typed = bytes.AsSpan((int)at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((int)(at + 8 + length)), Crc32.HashToUInt32(typed));
            at += Overhead + length;
        }
    }
}
