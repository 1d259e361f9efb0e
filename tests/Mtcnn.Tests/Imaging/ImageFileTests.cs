using System.Runtime.Versioning;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Imaging;

/// <summary>The sources of encoded images: unreadable files, and streams.</summary>
public sealed class ImageFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\0b.jpg")]
    [InlineData("/etc/hostname/photo.jpg")]
    public void Read_of_a_path_that_cannot_exist_says_that_there_is_no_file(string path)
    {
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(path));

        Assert.Contains(error.Kind, new[] { ImageErrorKind.NotFound, ImageErrorKind.ReadFailed });
        Assert.Equal(path, error.Path);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Read_of_a_file_that_this_user_may_not_read_says_so()
    {
        string path = Path.Combine(Path.GetTempPath(), $"mtcnn-closed-{Guid.NewGuid():N}.jpg");
        File.Copy(SharedFiles.Image("rocket.jpg"), path);
        try
        {
            File.SetUnixFileMode(path, UnixFileMode.None);

            ImageException error = OtherUser.Run(() => Assert.Throws<ImageException>(() => ImageReader.Read(path)));

            Assert.Equal((ImageErrorKind.AccessDenied, path), (error.Kind, error.Path));
            Assert.Equal($"{path}: it may not be read by this user. Change its permissions or its owner.", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_of_a_file_that_fails_half_way_says_so()
    {
        // Reading this process's memory at address 0 is an input/output error.
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read("/proc/self/mem"));

        Assert.Equal(ImageErrorKind.ReadFailed, error.Kind);
        Assert.StartsWith("/proc/self/mem: it cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_a_stream_that_gives_a_little_at_a_time_gives_the_image_and_leaves_the_stream_open()
    {
        using Mat expected = ImageReader.Read(SharedFiles.Image("rocket.jpg"));
        using FileStream file = File.OpenRead(SharedFiles.Image("rocket.jpg"));
        using DripStream drip = new(file);

        using Mat image = ImageReader.Read(drip);

        Assert.Equal(0, Cv2.Norm(expected, image, NormTypes.L1));
        Assert.True(file.CanRead);
    }

    [Fact]
    public void Read_of_a_stream_begins_where_it_stands()
    {
        using MemoryStream stream = new([1, 2, 3, .. File.ReadAllBytes(SharedFiles.Image("camera.png"))]) { Position = 3 };

        using Mat image = ImageReader.Read(stream);

        Assert.Equal((512, 512), (image.Width, image.Height));
    }

    [Fact]
    public void Read_of_a_closed_stream_is_refused_and_of_an_empty_one_is_an_image_error()
    {
        MemoryStream closed = new();
        closed.Dispose();

        Assert.Throws<ArgumentException>(() => ImageReader.Read(closed));
        ImageException empty = Assert.Throws<ImageException>(() => ImageReader.Read(new MemoryStream()));
        Assert.Equal("the image stream: there are no bytes in it. Copy or download it again.", empty.Message);
    }

    [Fact]
    public void Read_of_a_file_of_more_than_a_gigabyte_is_refused_before_it_is_read()
    {
        string path = Path.Combine(Path.GetTempPath(), $"mtcnn-large-{Guid.NewGuid():N}.jpg");
        try
        {
            // A sparse file, which uses no disk space.
            using (FileStream hole = File.Create(path))
            {
                hole.SetLength((1L << 30) + 1);
            }

            ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(path));

            Assert.Equal(ImageErrorKind.TooLarge, error.Kind);
            Assert.Equal($"{path}: it has more than 1073741824 bytes, which is too much for an image.", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A stream that cannot seek and returns seven bytes at a time.</summary>
    private sealed class DripStream(Stream source) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer, offset, Math.Min(count, 7));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
