using System.Text;

namespace Mtcnn.Extensions.Tests.Samples.Malformed;

/// <summary>A thousand uploads, each with a fault that no decoder or server may pass over; the same ones each time.</summary>
internal static class MalformedUploads
{
    /// <summary>The uploads, in an order in which faults alternate.</summary>
    /// <param name="mostBytes">The most bytes that the service takes.</param>
    public static IReadOnlyList<MalformedUpload> Thousand(int mostBytes)
    {
        Random random = new(20160826);
        MalformedFiles files = new(random);
        List<MalformedUpload> all = [];

        Files(110, "PNG cut off", () => files.Cut("png"));
        Files(110, "JPEG cut off", () => files.Cut("jpg"));
        Files(90, "image of a rarer format cut off", () => files.Cut(files.AnyOf("bmp", "gif", "jp2", "ppm", "tiff", "webp")));
        Files(80, "first bytes changed", () => files.WithChangedSignature(files.AnyOf("bmp", "gif", "jp2", "jpg", "png", "ppm", "tiff", "webp")));
        Files(110, "bit of a PNG chunk changed", files.PngWithChangedBit);
        Files(80, "header that claims a huge image", files.Huge);
        Files(20, "zip bomb", files.ZipBomb);
        Files(20, "PNG with too few rows", files.PngWithoutRows);
        Files(70, "noise", () => files.Noise(random.Next(1, 20_000)));
        Files(60, "text", files.Text);
        Files(65, "file that is not an image, or of a format that is not read", files.OfAnotherFormat);
        Files(30, "form that has a photo in it", files.Form);
        Files(10, "photo in a gzip file", files.Zipped);
        Files(5, "nothing but zeros", () => new byte[random.Next(1, 10_000)]);
        Files(5, "no bytes", () => []);

        Requests(25, "less than was announced", () =>
        {
            byte[] part = files.Cut("png");
            return RawRequest.Upload($"Content-Length: {part.Length + random.Next(1, 1_000)}", part);
        });
        Requests(25, "chunk that ends early", () => Chunked([.. Bytes($"{2_000:x}\r\n"), .. files.Noise(random.Next(0, 2_000))]));
        Requests(15, "no last chunk", () => Chunked([.. Bytes($"{500:x}\r\n"), .. files.Noise(500), .. Bytes("\r\n")]));
        Requests(15, "size of a chunk that is not a number", () => Chunked(Bytes($"{files.AnyOf("zz", "-1", "0x10", "ffffffffffffffffff", string.Empty)}\r\n{random.Next()}\r\n0\r\n\r\n")));
        Requests(15, "more than was announced", () =>
        {
            byte[] photo = files.Photo("png");
            return RawRequest.Upload($"Content-Length: {random.Next(1, photo.Length)}", photo);
        });
        Requests(10, "more bytes than may be sent", () => RawRequest.Upload($"Content-Length: {random.NextInt64(mostBytes + 1L, long.MaxValue)}", []));
        Requests(10, "length that is not a number", () => RawRequest.Upload($"Content-Length: {files.AnyOf("-1", "many", "1e3", "99999999999999999999", "1, 2")}", []));
        Requests(5, "two lengths", () => RawRequest.Upload($"Content-Length: 1\r\nContent-Length: {random.Next(2, 1_000)}", files.Noise(1_000)));
        Requests(5, "invalid header", () => RawRequest.Upload(files.AnyOf("no colon", ": no name", "Content Length: 1", "Content-Length : 1"), []));
        Requests(5, "method that is not meant", () => [.. Bytes(files.AnyOf("GET", "PUT", "DELETE")), .. RawRequest.Upload(files.Photo("png"))["POST".Length..]]);
        Requests(5, "head that is too long", () => RawRequest.Upload($"X-Filler: {new string('x', random.Next(40_000, 60_000))}", []));
        return [.. all.OrderBy(_ => random.Next())];

        void Files(int count, string fault, Func<byte[]> file) => Requests(count, fault, () => RawRequest.Upload(file()));

        void Requests(int count, string fault, Func<byte[]> request) =>
            all.AddRange(Enumerable.Range(0, count).Select(_ => new MalformedUpload(fault, request())));
    }

    private static byte[] Chunked(byte[] body) => RawRequest.Upload("Transfer-Encoding: chunked", body);

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
