using System.Text.Json;
using CaffeSharp.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The sample service's page in a real browser.</summary>
public sealed class PageTests : IClassFixture<DefaultService>, IDisposable
{
    // The colours of page.js, and the lines' thickness on an image of 512 pixels.
    private const string Green = "[51, 255, 51]";
    private const string Red = "[255, 51, 51]";
    private const double Thickness = 2;

    private readonly ServiceProcess _service;
    private readonly ChromiumBrowser _page;

    public PageTests(DefaultService running)
    {
        _service = running.Service;
        _page = ChromiumBrowser.At(_service.Client.BaseAddress!);
    }

    public void Dispose() => _page.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_photo_that_is_dropped_or_chosen_is_shown_with_its_face_boxed_and_its_landmarks_marked(bool dropped)
    {
        string path = SharedFiles.Image("astronaut.png");
        using JsonDocument answer = JsonDocument.Parse(await _service.DetectAsync(await File.ReadAllBytesAsync(path)));
        JsonElement face = Assert.Single(answer.RootElement.GetProperty("faces").EnumerateArray());
        double[] box = [.. face.GetProperty("box").EnumerateArray().Select(edge => edge.GetDouble())];
        double[][] landmarks = [.. face.GetProperty("landmarks").EnumerateArray().Select(point => new[] { point[0].GetDouble(), point[1].GetDouble() })];

        Give(path, dropped);
        _page.Until(() => _page["photo"].Displayed);

        Assert.Equal("1 face in 512 × 512 pixels", _page["said"].Text);
        double[] drawn = Extent(Green, around: [0, 0, 512, 512]);
        Assert.All(drawn.Zip(box), edge => Assert.Equal(edge.Second, edge.First, Thickness));
        Assert.Equal(5, landmarks.Length);
        Assert.All(landmarks, point =>
        {
            double[] mark = Extent(Red, around: [point[0] - 5, point[1] - 5, point[0] + 5, point[1] + 5]);
            Assert.Equal(point[0], (mark[0] + mark[2]) / 2, Thickness / 2);
            Assert.Equal(point[1], (mark[1] + mark[3]) / 2, Thickness / 2);
        });
        using Mat photo = ImageReader.Read(path);
        Vec3b corner = photo.At<Vec3b>(500, 10);
        Assert.Equal([corner.Item2, corner.Item1, corner.Item0, 255], _page.Numbers("return [...document.getElementById('photo').getContext('2d').getImageData(10, 500, 1, 1).data]"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_not_an_image_is_refused_on_the_page_in_the_services_words(bool dropped)
    {
        Give(Repository.Folder("README.md"), dropped);
        _page.Until(() => _page["said"].Text.Contains("not an image", StringComparison.Ordinal));

        Assert.StartsWith("the encoded image: it is text, not an image. Supported are JPEG, PNG,", _page["said"].Text, StringComparison.Ordinal);
        Assert.False(_page["photo"].Displayed);
    }

    [Fact]
    public void A_photo_after_a_file_that_was_refused_is_shown()
    {
        Give(Repository.Folder("README.md"), dropped: true);
        _page.Until(() => _page["said"].Text.Contains("not an image", StringComparison.Ordinal));

        Give(SharedFiles.Image("obama_and_biden.jpg"), dropped: true);
        _page.Until(() => _page["photo"].Displayed);

        Assert.Equal("3 faces in 2000 × 1428 pixels", _page["said"].Text);
    }

    private void Give(string path, bool dropped)
    {
        if (dropped)
        {
            _page.Drop(path, _page["drop"]);
        }
        else
        {
            _page["file"].SendKeys(path);
        }
    }

    // Left, top, right and bottom of all pixels of a colour within a part of the canvas.
    private double[] Extent(string colour, double[] around) => _page.Numbers(
        $$"""
        const [left, top, right, bottom] = [arguments[0], arguments[1], arguments[2], arguments[3]].map(Math.round);
        const { data } = document.getElementById("photo").getContext("2d").getImageData(left, top, right - left, bottom - top);
        const extent = [Infinity, Infinity, -Infinity, -Infinity];
        for (let y = top, at = 0; y < bottom; y++) {
          for (let x = left; x < right; x++, at += 4) {
            if ({{colour}}.every((value, channel) => data[at + channel] === value)) {
              extent[0] = Math.min(extent[0], x);
              extent[1] = Math.min(extent[1], y);
              extent[2] = Math.max(extent[2], x + 1);
              extent[3] = Math.max(extent[3], y + 1);
            }
          }
        }
        return extent;
        """,
        [.. around.Cast<object>()]);
}
