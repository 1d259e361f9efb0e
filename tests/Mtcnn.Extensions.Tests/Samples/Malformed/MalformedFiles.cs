using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Extensions.Tests.Samples.Malformed;

/// <summary>Files that no decoder can make an image of, most of them from real photos.</summary>
/// <param name="random">Chooses what is changed, and where.</param>
internal sealed class MalformedFiles(Random random)
{
    // How many first bytes tell a format. Of the others a change may give another format's: P6 is near P4.
    private static readonly Dictionary<string, int> s_signatures = new()
    {
        ["bmp"] = 2,
        ["gif"] = 6,
        ["jp2"] = 12,
        ["jpg"] = 2,
        ["png"] = 8,
        ["ppm"] = 1,
        ["tiff"] = 2,
        ["webp"] = 4,
    };

    private static readonly byte[][] s_otherFormats =
    [
        [0, 0, 0, 28, .. "ftypavif"u8],
        [0, 0, 0, 24, .. "ftypheic"u8],
        [0, 0, 0, 24, .. "ftypisom"u8],
        [0, 0, 1, 0, 1, 0],
        [0x76, 0x2F, 0x31, 0x01],
        [0xFF, 0x0A],
        [0x7F, .. "ELF"u8],
        [0x1F, 0x8B, 8],
        [.. "8BPS"u8],
        [.. "#?RADIANCE"u8],
        [.. "%PDF-1.7"u8],
        [.. "PK"u8, 3, 4],
        [.. "RIFF"u8, 0, 1, 0, 0, .. "WAVE"u8],
    ];

    private readonly Dictionary<string, byte[][]> _photos = Photos();

    public T AnyOf<T>(params T[] choices) => choices[random.Next(choices.Length)];

    /// <summary>A whole photo.</summary>
    public byte[] Photo(string format) => AnyOf(_photos[format]);

    /// <summary>Its beginning.</summary>
    public byte[] Cut(string format)
    {
        byte[] photo = Photo(format);
        return photo[..random.Next(1, photo.Length - 3)];
    }

    public byte[] WithChangedSignature(string format) => WithChangedBit(Photo(format), ..s_signatures[format]);

    public byte[] PngWithChangedBit()
    {
        byte[] photo = Photo("png");
        return WithChangedBit(photo, AnyOf([.. PngFile.CriticalParts(photo)]));
    }

    /// <summary>A header that claims more than 50,000,000 pixels, and little after it.</summary>
    public byte[] Huge()
    {
        ushort width = (ushort)random.Next(8_000, ushort.MaxValue);
        ushort height = (ushort)random.Next(8_000, ushort.MaxValue);
        return AnyOf<Func<byte[]>>(
            () => PngFile.Of(width, height, bits: 8, colour: 2, data: []),
            () => [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, .. BigEndian(height), .. BigEndian(width), 1, 1, 0x11, 0, 0xFF, 0xD9],
            () => [.. "GIF89a"u8, .. LittleEndian(width), .. LittleEndian(height), 0, 0, 0, 0x3B],
            () => [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. LittleEndian(width), 0, 0, .. LittleEndian(height), 0, 0, .. new byte[28]],
            () => [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, .. LittleEndian(width), 0, .. LittleEndian(height), 0],
            () => [.. Encoding.ASCII.GetBytes($"P6 {width} {height} 255\n"), 0])();
    }

    /// <summary>A PNG of a few kilobytes that is good, and millions of pixels too large.</summary>
    public byte[] ZipBomb()
    {
        int width = random.Next(8_000, 12_000);
        int height = random.Next(8_000, 12_000);
        return PngFile.Of(width, height, bits: 1, colour: 0, Compressed(new byte[height * (1 + ((width + 7) / 8))]));
    }

    public byte[] PngWithoutRows()
    {
        int side = random.Next(100, 2_000);
        return PngFile.Of(side, side, bits: 8, colour: 2, Compressed(new byte[random.Next(0, side)]));
    }

    public byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    public byte[] Text()
    {
        string base64 = Convert.ToBase64String(Photo("jpg").AsSpan(0, random.Next(1, 20_000)));
        return Encoding.UTF8.GetBytes(AnyOf(
            base64,
            $"data:image/jpeg;base64,{base64}",
            $"<!doctype html><title>404</title><p>There is no photo {random.Next()} here.",
            $"<svg xmlns='http://www.w3.org/2000/svg' width='{random.Next()}'/>",
            $$"""{ "photo": "{{base64}}" }""",
            $"https://localhost/photos/{random.Next()}.jpg",
            $"bild,größe\n{random.Next()},{random.Next()}\n"));
    }

    public byte[] OfAnotherFormat() => [.. AnyOf(s_otherFormats), .. Noise(random.Next(10, 5_000))];

    public byte[] Form() =>
    [
        .. Encoding.ASCII.GetBytes($"--{random.Next():x}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n\r\n"), .. Photo("jpg"),
    ];

    public byte[] Zipped()
    {
        using MemoryStream bytes = new();
        using (GZipStream zip = new(bytes, CompressionLevel.Fastest))
        {
            zip.Write(Cut("jpg"));
        }

        return bytes.ToArray();
    }

    private byte[] WithChangedBit(byte[] whole, System.Range where)
    {
        byte[] changed = [.. whole];
        (int first, int length) = where.GetOffsetAndLength(whole.Length);
        changed[first + random.Next(length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static Dictionary<string, byte[][]> Photos()
    {
        using Mat photo = ImageReader.Read(SharedFiles.Image("chelsea.png"));
        Dictionary<string, byte[][]> photos = s_signatures.Keys.ToDictionary(format => format, format => new[] { photo.ImEncode($".{format}") });
        photos["png"] = Read("astronaut.png", "camera.png", "chelsea.png");
        photos["jpg"] = Read("biden.jpg", "obama.jpg", "rocket.jpg");
        return photos;
    }

    private static byte[][] Read(params string[] names) => [.. names.Select(name => File.ReadAllBytes(SharedFiles.Image(name)))];

    private static byte[] Compressed(byte[] data)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zip = new(bytes, CompressionLevel.Fastest))
        {
            zip.Write(data);
        }

        return bytes.ToArray();
    }

    private static byte[] BigEndian(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleEndian(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }
}
