using CaffeSharp;
using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Models;

namespace Mtcnn.Extensions.Tests.Options;

/// <summary>Options from a JSON file, as an application has them.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task Every_option_of_a_json_file_reaches_the_detector()
    {
        using IHost host = HostOf($$"""
            {
              "Profile": "MTCNN-Caffe", "Thresholds": { "Proposal": 0.5, "Output": 0.875 }, "RefineLandmarks": true,
              "MinimumFace": 24.5, "MaximumFace": 300, "PyramidFactor": 0.8, "Selection": "largest", "MaximumFaces": 3,
              "ModelsFolder": "{{ServiceHost.Models}}", "Device": "cpu", "Engine": "caffe", "Threads": 2,
              "MaximumRunning": 1, "MaximumWaiting": 7, "MaximumPixels": 1000000
            }
            """);
        await host.StartAsync();

        Assert.Equal(
            new FaceDetectorOptions
            {
                Profile = CascadeProfile.MtcnnCaffe,
                Thresholds = new Thresholds(0.5, CascadeProfile.MtcnnCaffe.Thresholds.Refinement, 0.875),
                RefineLandmarks = true,
                MinimumFace = 24.5,
                MaximumFace = 300,
                PyramidFactor = 0.8,
                Selection = FaceSelection.Largest,
                MaximumFaces = 3,
                Models = ModelFiles.Locate(ServiceHost.Models, withLandmarks: true),
                Device = Device.Cpu,
                Engine = Engine.Caffe,
                Threads = 2,
            },
            host.Services.GetRequiredService<FaceDetector>().Options);
        DetectionQueue queue = host.Services.GetRequiredService<FaceDetectionService>().Queue;
        Assert.Equal((1, 7), (queue.MaximumRunning, queue.MaximumWaiting));
        Assert.Equal(1_000_000, host.Services.GetRequiredService<IOptions<MtcnnOptions>>().Value.MaximumPixels);
    }

    [Fact]
    public void Options_that_are_not_set_are_the_detectors_own_defaults()
    {
        FaceDetectorOptions options = new MtcnnOptions { ModelsFolder = ServiceHost.Models }.ToDetectorOptions();

        Assert.Equal(
            new FaceDetectorOptions { Models = ModelFiles.Locate(ServiceHost.Models), Thresholds = CascadeProfile.Authors.Thresholds },
            options);
    }

    [Fact]
    public async Task Code_after_a_section_changes_what_the_section_says()
    {
        HostApplicationBuilder builder = ServiceHost.Empty();
        using TemporaryFolder folder = new();
        string file = folder.Write("settings.json", $$"""{ "Mtcnn": { "ModelsFolder": "{{ServiceHost.Models}}", "MinimumFace": 30, "MaximumFaces": 2 } }""");
        _ = builder.Configuration.AddJsonFile(file);
        _ = builder.Services.AddMtcnn(builder.Configuration.GetSection(MtcnnOptions.SectionName)).AddMtcnn(options => options.MinimumFace = 40);
        using IHost host = builder.Build();
        await host.StartAsync();

        FaceDetectorOptions used = host.Services.GetRequiredService<FaceDetector>().Options;
        Assert.Equal((40d, 2), (used.MinimumFace, used.MaximumFaces));
    }

    [Theory]
    [InlineData("""{ "Profile": "yolo" }""", "Profile is yolo. There is no profile \"yolo\". The profiles are authors and mtcnn-caffe.")]
    [InlineData("""{ "Profile": null }""", "Profile is null.")]
    [InlineData("""{ "Thresholds": { "Proposal": 1.5 } }""", "Thresholds:Proposal is 1.5. The threshold Proposal is a probability from 0 to 1.")]
    [InlineData("""{ "Thresholds": { "Refinement": -1 } }""", "Thresholds:Refinement is -1. The threshold Refinement is a probability from 0 to 1.")]
    [InlineData("""{ "Thresholds": { "Output": 7 } }""", "Thresholds:Output is 7. The threshold Output is a probability from 0 to 1.")]
    [InlineData("""{ "MinimumFace": 3 }""", "MinimumFace is 3. MinimumFace is at least 6 pixels.")]
    [InlineData("""{ "MaximumFace": 0 }""", "MaximumFace is 0. MaximumFace is above 0 pixels.")]
    [InlineData("""{ "MinimumFace": 50, "MaximumFace": 20 }""", "MaximumFace is 20. It is not below MinimumFace (50).")]
    [InlineData("""{ "PyramidFactor": 1 }""", "PyramidFactor is 1. PyramidFactor is above 0 and at most 0.95.")]
    [InlineData("""{ "MaximumFaces": 0 }""", "MaximumFaces is 0. MaximumFaces is at least 1.")]
    [InlineData("""{ "Selection": "best" }""", "Mtcnn:Selection is \"best\". It is one of All, Largest, MostProbable, MostCentral.")]
    [InlineData("""{ "Selection": "9" }""", "Selection is 9. Selection is one of All, Largest, MostProbable, MostCentral.")]
    [InlineData("""{ "Engine": "fast" }""", "Mtcnn:Engine is \"fast\". It is one of Caffe, Accelerated.")]
    [InlineData("""{ "Device": "tpu" }""", "Device is tpu. 'tpu' is not a device. Devices are cpu, gpu and gpu:N, with N from 0 to 1023.")]
    [InlineData("""{ "Threads": 0 }""", "Threads is 0. Threads is from 1 to 1024.")]
    [InlineData("""{ "MaximumRunning": 0 }""", "MaximumRunning is 0. It is from 1 to 1024.")]
    [InlineData("""{ "MaximumWaiting": -1 }""", "MaximumWaiting is -1. It is from 0 to 1000000.")]
    [InlineData("""{ "MaximumPixels": 0 }""", "MaximumPixels is 0. It is from 1 to 1073741824.")]
    [InlineData("""{ "MinimumFace": "small" }""", "Failed to convert configuration value 'small' at 'Mtcnn:MinimumFace'")]
    [InlineData("""{ "MinFace": 20 }""", "There is no option Mtcnn:MinFace. The options are Profile, Thresholds, RefineLandmarks, MinimumFace,")]
    public async Task A_bad_option_ends_the_start_with_its_name_value_and_range(string json, string message)
    {
        using IHost host = HostOf(json);

        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_bad_options_are_reported_at_once()
    {
        using IHost host = ServiceHost.Build(options => (options.MinimumFace, options.Threads, options.Device) = (1, -5, "npu"));

        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(["MinimumFace", "Device", "Threads"], failure.Failures.Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public async Task Missing_weights_end_the_start_with_the_folder_and_the_command_that_fetches_them()
    {
        using TemporaryFolder empty = new();
        using IHost host = ServiceHost.Build(options => options.ModelsFolder = empty.Path);

        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.StartsWith($"ModelsFolder is {empty.Path}. The weights of 12net, 24net, 48net were not found.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("mtcnn models fetch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_weights_end_the_start_with_the_file()
    {
        using TemporaryFolder folder = new();
        ModelFiles originals = ModelFiles.Locate(ServiceHost.Models);
        File.Copy(originals.Proposal, folder.File("12net.caffemodel"));
        File.Copy(originals.Refinement, folder.File("24net.caffemodel"));
        string broken = folder.Write("48net.caffemodel", File.ReadAllBytes(originals.Output)[..100_000]);
        using IHost host = ServiceHost.Build(options => options.ModelsFolder = folder.Path);

        ModelException failure = await Assert.ThrowsAsync<ModelException>(() => host.StartAsync());

        Assert.Equal(broken, failure.Path);
    }

    // The weights' folder is set beside the section, because most of the tests' sections are about something else.
    private static IHost HostOf(string section)
    {
        using TemporaryFolder folder = new();
        HostApplicationBuilder builder = ServiceHost.Empty();
        _ = builder.Configuration.AddJsonFile(folder.Write("settings.json", $$"""{ "Mtcnn": {{section}} }"""));
        _ = builder.Services
            .AddMtcnn(options => options.ModelsFolder = ServiceHost.Models)
            .AddMtcnn(builder.Configuration.GetSection(MtcnnOptions.SectionName));
        return builder.Build();
    }
}
