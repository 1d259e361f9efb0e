using System.Text.Json;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Cascade;

/// <summary>
/// Trains a whole cascade from annotated photos, net after net: the crops of each net but the first are what the nets before it take for faces. Every step is
/// kept, so that a stopped run continues.
/// </summary>
public sealed class CascadeTraining
{
    private const int DefaultIterations = 20_000;

    private readonly CascadeConfiguration _configuration;
    private readonly CascadeFolder _folder;
    private readonly List<CropSource> _sources;
    private readonly List<IRunStage> _stages = [];

    /// <summary>Reads a configuration and the annotations that it names.</summary>
    /// <param name="configuration">The file of the configuration (JSON; docs/training-cascade.md tells all of it).</param>
    /// <param name="dataFolder">Where the paths in it begin.</param>
    /// <param name="folder">The folder of the run, which is made where it is missing: <c>models</c>, and one folder a net.</param>
    /// <exception cref="RunException">The configuration is bad; the message says where.</exception>
    /// <exception cref="AnnotationException">Annotations are missing or cannot be understood.</exception>
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

    /// <summary>What the configuration says the cascade is to be measured on.</summary>
    public IReadOnlyList<AnnotationSet> Measured { get; }

    /// <summary>The folder that the weights end up in, as the detector takes them.</summary>
    public string ModelFolder => _folder.Models;

    /// <summary>A folder for a report on the run.</summary>
    public string ReportFolder => _folder.Report;

    /// <summary>A folder for a report on the run with refined landmarks.</summary>
    public string RefinedReportFolder => _folder.RefinedReport;

    /// <summary>Whether the configuration has the landmark net.</summary>
    public bool TrainsLandmarks => _configuration.Landmarks is not null;

    /// <summary>The names of the steps, in order.</summary>
    public IReadOnlyList<string> Stages => [.. _stages.Select(stage => stage.Name)];

    /// <summary>Trains, or continues where it was stopped. One call at a time.</summary>
    /// <param name="restartFrom">The name of the step from which on everything is done again; null to continue.</param>
    /// <param name="say">Told in a line how it goes, from any thread.</param>
    /// <param name="stop">Stops it within seconds, so that the same call continues later.</param>
    /// <exception cref="RunException">There is no such step, or one was done with another configuration or from other files; or crops lack what the training requires.</exception>
    /// <exception cref="CropException">The folder holds something else.</exception>
    /// <exception cref="CaffeSharp.CaffeException">A number is no longer finite; or a store cannot be written: a full disk.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task RunAsync(string? restartFrom, IProgress<string> say, CancellationToken stop = default)
    {
        _ = Directory.CreateDirectory(_folder.Path);
        return new StageRunner(_folder.Path, _stages).RunAsync(restartFrom, say, stop);
    }

    /// <summary>What became of each net's training, by the folder with its log. For a run that is done.</summary>
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

    // Gives the file that its weights go to.
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
