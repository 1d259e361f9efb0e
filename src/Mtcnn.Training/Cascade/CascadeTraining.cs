using System.Text.Json;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Cascade;

/// <summary>
/// Trains a whole cascade from annotated photos, one net after the other. The crops of each net except the first are the detections of the previous nets. Every
/// finished step is kept, so that an interrupted run can be resumed.
/// </summary>
public sealed class CascadeTraining
{
    private const int DefaultIterations = 20_000;

    private readonly CascadeConfiguration _configuration;
    private readonly CascadeFolder _folder;
    private readonly List<CropSource> _sources;
    private readonly List<IRunStage> _stages = [];

    /// <summary>Reads a configuration and the annotations that it names.</summary>
    /// <param name="configuration">The configuration file (JSON; described in docs/training-cascade.md).</param>
    /// <param name="dataFolder">The folder that the paths in the configuration are relative to.</param>
    /// <param name="folder">The folder of the run, which is created if it is missing. It contains <c>models</c> and one folder per net.</param>
    /// <exception cref="RunException">The configuration is invalid; the message says where.</exception>
    /// <exception cref="AnnotationException">Annotations are missing or invalid.</exception>
    public CascadeTraining(string configuration, string dataFolder, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _configuration = CascadeConfigurationFile.Read(configuration);
        _folder = new CascadeFolder(folder);
        _sources = _configuration.Photos.Select(photos => SourceOf(photos, SetOf(photos, dataFolder, heldOut: false))).ToList();
        Measured = [.. _configuration.Measured.Select(photos => SetOf(photos, dataFolder, heldOut: true))];
        AddStages(TrainedNet.Proposal, _configuration.Proposal, configuration);
        AddStages(TrainedNet.Refinement, _configuration.Refinement, configuration);
        AddStages(TrainedNet.Output, _configuration.Output, configuration);
        if (_configuration.Landmarks is { } landmarks)
        {
            AddStages(TrainedNet.Landmarks, landmarks, configuration);
        }
    }

    /// <summary>The sets that the configuration names for measuring.</summary>
    public IReadOnlyList<AnnotationSet> Measured { get; }

    /// <summary>The folder of the final weights, for the detector.</summary>
    public string ModelFolder => _folder.Models;

    /// <summary>The folder for a report on the run.</summary>
    public string ReportFolder => _folder.Report;

    /// <summary>The folder for a report on the run with refined landmarks.</summary>
    public string RefinedReportFolder => _folder.RefinedReport;

    /// <summary>Whether the configuration includes the landmark net.</summary>
    public bool TrainsLandmarks => _configuration.Landmarks is not null;

    /// <summary>The names of the steps, in order.</summary>
    public IReadOnlyList<string> Stages => [.. _stages.Select(stage => stage.Name)];

    /// <summary>Trains the cascade, or resumes an interrupted run. Only one call at a time is allowed.</summary>
    /// <param name="restartFrom">The name of the first step to repeat, with all steps after it; null to resume.</param>
    /// <param name="say">Receives the progress as lines of text, from any thread.</param>
    /// <param name="stop">Stops the run within seconds. The same call resumes it later.</param>
    /// <exception cref="RunException">There is no such step, a finished step used another configuration or other files, or the crops lack what the training requires.</exception>
    /// <exception cref="CropException">The folder contains other files.</exception>
    /// <exception cref="CaffeSharp.CaffeException">A value is no longer finite, or a store cannot be written because the disk is full.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public Task RunAsync(string? restartFrom, IProgress<string> say, CancellationToken stop = default)
    {
        _ = Directory.CreateDirectory(_folder.Path);
        return new StageRunner(_folder.Path, _stages).RunAsync(restartFrom, say, stop);
    }

    /// <summary>Gets the summary of each net's training, by the folder with its log. Requires a finished run.</summary>
    public IReadOnlyDictionary<string, NetTrainingSummary> ReadSummaries() =>
        _stages.OfType<TrainingStage>().ToDictionary(stage => stage.Folder, stage => stage.ReadSummary());

    private void AddStages(TrainedNet which, CascadeNet net, string configuration)
    {
        string name = which.Definition().Name;
        CropPlan plan = new()
        {
            Net = which,
            Sources = _sources,
            Folder = _folder.Crops(name),
            Seed = _configuration.Seed,
            Options = Read(configuration, name, () => CropsOf(net)),
            Weights = [.. _stages.OfType<WeightsStage>().SelectMany(stage => stage.Outputs).Take(which.NetsBefore())],
        };
        NetTrainingOptions known = new() { Net = which, Crops = [plan.Folder], Seed = _configuration.Seed, Iterations = DefaultIterations };
        NetTrainingOptions options = Read(
            configuration, name, () => GivenOptions.Over(known, net.Training, CascadeConfigurationJson.Default.NetTrainingOptions));
        string prepared = CropFiles.WholeOf(plan.Folder);
        _stages.Add(new CropStage(name, plan));
        string trained = AddTraining($"{name}/training", options, prepared, _folder.Training(name));
        if (net.FineTuning is { } on)
        {
            options = Read(
                configuration, name, () => GivenOptions.Over(options with { InitialWeights = trained }, on, CascadeConfigurationJson.Default.NetTrainingOptions));
            trained = AddTraining($"{name}/fine-tuning", options, prepared, _folder.FineTuning(name));
        }

        FaceCalibration? calibration = net.Recall is { } recall ? new FaceCalibration(options, recall) : null;
        _stages.Add(new WeightsStage(name, calibration, prepared, trained, _folder.Weights(name)));
    }

    // Returns the file of the weights.
    private string AddTraining(string stage, NetTrainingOptions options, string prepared, string folder)
    {
        string weights = Path.Combine(folder, $"{options.Net.Definition().Name}.caffemodel");
        _stages.Add(new TrainingStage(stage, options, prepared, folder, weights));
        return weights;
    }

    private static CropOptions CropsOf(CascadeNet net)
    {
        CropOptions crops = GivenOptions.Over(new CropOptions(), net.Crops, CascadeConfigurationJson.Default.CropOptions);
        crops.Validate();
        return crops;
    }

    private static T Read<T>(string configuration, string net, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new RunException($"{configuration}: {net}: {exception.Message}", exception);
        }
    }

    private static AnnotationSet SetOf(CascadePhotos photos, string dataFolder, bool heldOut)
    {
        AnnotationSet set = AnnotationReader.Read(Path.Combine(dataFolder, photos.Annotations));
        return photos.HeldOutOfEvery is { } every
            ? set with { Images = [.. set.Images.Where((_, index) => (index % every == every - 1) == heldOut)] }
            : set;
    }

    private static CropSource SourceOf(CascadePhotos photos, AnnotationSet set)
    {
        CropSource usual = CropSource.Of(set);
        return usual with
        {
            EveryFaceIsMarked = photos.EveryFaceIsMarked ?? usual.EveryFaceIsMarked,
            BoxesFromPoints = photos.BoxesFromPoints ?? usual.BoxesFromPoints,
        };
    }
}
