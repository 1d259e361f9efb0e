using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Faces;
using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The sample service as a client sees it.</summary>
public sealed class ServiceTests(DefaultService running) : IClassFixture<DefaultService>
{
    private readonly HttpClient _client = running.Service.Client;

    [Theory]
    [InlineData("obama_and_biden.jpg")]
    [InlineData("astronaut.png")]
    public async Task Detect_answers_with_the_detectors_faces_as_the_command_writes_them(string name)
    {
        using FaceDetector detector = new(new FaceDetectorOptions { Models = ModelFiles.Locate(ServiceHost.Models, withLandmarks: true), RefineLandmarks = true });
        Face[] expected = [.. detector.Detect(SharedFiles.Image(name))];

        using HttpResponseMessage response = await PostAsync(await File.ReadAllBytesAsync(SharedFiles.Image(name)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        Assert.Equal(["width", "height", "faces"], answer.RootElement.EnumerateObject().Select(property => property.Name));
        JsonElement[] faces = [.. answer.RootElement.GetProperty("faces").EnumerateArray()];
        Assert.NotEmpty(faces);
        Assert.Equal(expected.Select(face => face.Score), faces.Select(face => face.GetProperty("score").GetSingle()));
        Assert.Equal(
            expected.Select(face => new[] { face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom }),
            faces.Select(face => face.GetProperty("box").EnumerateArray().Select(edge => edge.GetDouble()).ToArray()));
        Assert.Equal(
            expected.SelectMany(face => face.Landmarks.ToArray().Select(point => (point.X, point.Y))),
            faces.SelectMany(face => face.GetProperty("landmarks").EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble()))));
    }

    [Fact]
    public async Task Detect_of_something_else_than_an_image_says_what_is_wrong()
    {
        byte[] photo = await File.ReadAllBytesAsync(SharedFiles.Image("astronaut.png"));
        byte[] damaged = [.. photo];
        damaged[5000] ^= 0xff;

        await AssertProblemAsync([], HttpStatusCode.BadRequest, "there are no bytes in it");
        await AssertProblemAsync("words"u8.ToArray(), HttpStatusCode.UnsupportedMediaType, "it is text, not an image");
        await AssertProblemAsync([0, 0, 0, 28, .. "ftypavif"u8], HttpStatusCode.UnsupportedMediaType, "it is an AVIF image, which is not supported");
        await AssertProblemAsync(photo[..(photo.Length / 2)], HttpStatusCode.UnprocessableEntity, "the image is truncated");
        await AssertProblemAsync(damaged, HttpStatusCode.UnprocessableEntity, "the image is damaged");
        await AssertProblemAsync([.. "GIF89a"u8, 0x10, 0x27, 0x10, 0x27, 0, 0, 0], HttpStatusCode.RequestEntityTooLarge, "10000 x 10000 pixels; the limit is 50000000 pixels");
    }

    [Fact]
    public async Task Health_is_live_and_ready()
    {
        Assert.Equal("Healthy", await _client.GetStringAsync(new Uri("health/live", UriKind.Relative)));
        Assert.Equal("Healthy", await _client.GetStringAsync(new Uri("health/ready", UriKind.Relative)));
    }

    [Fact]
    public async Task Metrics_count_images_and_faces()
    {
        using HttpResponseMessage response = await PostAsync(await File.ReadAllBytesAsync(SharedFiles.Image("obama.jpg")));
        _ = response.EnsureSuccessStatusCode();

        string metrics = await _client.GetStringAsync(new Uri("metrics", UriKind.Relative));

        Assert.Matches(@"(?m)^mtcnn_images_total(\{.*\})? [1-9]", metrics);
        Assert.Matches(@"(?m)^mtcnn_faces_total(\{.*\})? [1-9]", metrics);
        Assert.Matches(@"(?m)^mtcnn_detection_duration_seconds_bucket\{.*le=""0\.25"".*\} ", metrics);
        Assert.Matches(@"(?m)^mtcnn_queue_length(\{.*\})? 0", metrics);
    }

    [Fact]
    public async Task OpenApi_describes_the_image_the_answer_and_the_refusals()
    {
        using JsonDocument description = JsonDocument.Parse(await _client.GetStreamAsync(new Uri("openapi/v1.json", UriKind.Relative)));

        JsonElement detect = description.RootElement.GetProperty("paths").GetProperty("/detect").GetProperty("post");
        Assert.Equal("binary", detect.GetProperty("requestBody").GetProperty("content").GetProperty("image/*").GetProperty("schema").GetProperty("format").GetString());
        Assert.Equal(
            ["200", "400", "408", "413", "415", "422", "503", "504"],
            detect.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.True(description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("FaceAnswer").GetProperty("properties").TryGetProperty("landmarks", out _));
    }

    [Fact]
    public async Task The_page_and_its_script_are_there()
    {
        Assert.Contains("Drop a photo here", await _client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("fetch(\"detect\"", await _client.GetStringAsync(new Uri("page.js", UriKind.Relative)), StringComparison.Ordinal);
    }

    private async Task AssertProblemAsync(byte[] body, HttpStatusCode status, string detail)
    {
        using HttpResponseMessage response = await PostAsync(body);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        Assert.Equal((status, (int)status), (response.StatusCode, problem.RootElement.GetProperty("status").GetInt32()));
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] image)
    {
        using ByteArrayContent content = new(image);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await _client.PostAsync(new Uri("detect", UriKind.Relative), content);
    }
}
