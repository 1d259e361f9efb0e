using System.Text.Json.Nodes;
using CaffeSharp.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Records;
using Mtcnn.Training.Stages;

namespace Mtcnn.Tests.Records;

/// <summary>The records of resumable work, as used by crops, trainings and stages.</summary>
public sealed class ResumableRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resume_when_there_is_no_record_gives_none()
    {
        PreparationFile file = new(_folder.Path, "preparing.json");

        Assert.Null(file.Read());
        Assert.Null(file.Resume(Crops(seed: 1)));
        file.Delete();
    }

    [Fact]
    public void Resume_with_the_same_options_gives_what_was_written_last_and_leaves_no_other_file()
    {
        PreparationFile file = new(_folder.Path, "preparing.json");
        file.Write(Crops(seed: 1));
        file.Write(Crops(seed: 1) with { Done = 64 });

        PreparationRecord? record = file.Resume(Crops(seed: 1));

        Assert.Equal(64, record?.Done);
        Assert.Equal(["preparing.json"], Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Resume_with_other_options_is_refused_with_each_difference()
    {
        PreparationFile crops = new(_folder.Path, "prepared.json");
        crops.Write(Crops(seed: 1));
        TrainingOptionsFile training = new(_folder.Path);
        training.Write(Options("12net", seed: 1, threads: 1));
        StageRecordFile stage = new(_folder.Path, "12net/crops");
        _ = Directory.CreateDirectory(At("stages"));
        stage.Write(Stage(hash: "00"));

        string ofCrops = Assert.Throws<CropException>(() => crops.Resume(Crops(seed: 2))).Message;
        string ofTraining = Assert.Throws<RunException>(() => training.Resume(Options("12net", seed: 2, threads: 1))).Message;
        string ofNet = Assert.Throws<RunException>(() => training.Resume(Options("24net", seed: 1, threads: 1))).Message;
        string ofStage = Assert.Throws<RunException>(() => stage.Resume(Stage(hash: "01"))).Message;

        Assert.StartsWith($"{_folder.Path}: the crops in this folder were prepared with other options or files: seed was 1 and is 2.", ofCrops, StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.Path}: the training in this folder was started with other options: seed was 1 and is 2.", ofTraining, StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.Path}: this folder contains the training of 12net", ofNet, StringComparison.Ordinal);
        Assert.Contains("the stage 12net/crops was started with another configuration or other files: the file faces.csv has changed.", ofStage, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_with_another_number_of_threads_is_the_same_training()
    {
        TrainingOptionsFile file = new(_folder.Path);
        file.Write(Options("12net", seed: 1, threads: 1));

        Assert.NotNull(file.Resume(Options("12net", seed: 1, threads: 8)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void Read_of_a_damaged_record_names_the_file_and_the_remedy(string content)
    {
        string[] paths = [At("preparing.json"), At("options.json"), At("stages/12net-crops.json")];
        _ = Directory.CreateDirectory(At("stages"));
        Array.ForEach(paths, path => File.WriteAllText(path, content));

        string[] messages =
        [
            Assert.Throws<CropException>(() => new PreparationFile(_folder.Path, "preparing.json").Read()).Message,
            Assert.Throws<RunException>(() => new TrainingOptionsFile(_folder.Path).Read()).Message,
            Assert.Throws<RunException>(() => new StageRecordFile(_folder.Path, "12net/crops").Read()).Message,
        ];

        Assert.Equal(paths.Select(path => $"{path}: the record is damaged:"), messages.Select(message => message[..message.IndexOf("damaged:", StringComparison.Ordinal)] + "damaged:"));
        Assert.EndsWith("Delete its folder and prepare the crops again.", messages[0], StringComparison.Ordinal);
        Assert.EndsWith("Name another folder, or delete this one.", messages[1], StringComparison.Ordinal);
        Assert.EndsWith("Delete it to repeat the stage.", messages[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_where_the_folder_is_gone_says_so_and_keeps_the_kind_of_exception()
    {
        PreparationFile file = new(At("gone"), "preparing.json");

        Assert.StartsWith($"{file.Path}: the record cannot be written: ", Assert.Throws<CropException>(() => file.Write(Crops(seed: 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_was_cut_short_leaves_the_old_record()
    {
        PreparationFile file = new(_folder.Path, "preparing.json");
        file.Write(Crops(seed: 1) with { Done = 64 });
        File.WriteAllText(file.Path + ".part", "{\"plan\":");

        Assert.Equal(64, file.Read()?.Done);
        RecordFile.Write(file.Path, File.ReadAllText(file.Path).Replace("64", "128", StringComparison.Ordinal));
        Assert.Equal(128, file.Read()?.Done);
    }

    private static PreparationRecord Crops(int seed) => new() { Plan = new JsonObject { ["seed"] = seed }, Images = 285 };

    private static JsonObject Options(string net, int seed, int threads) => new() { ["net"] = net, ["seed"] = seed, ["threads"] = threads };

    private static StageRecord Stage(string hash) => new()
    {
        State = StageState.Begun,
        Options = new JsonObject(),
        Inputs = new Dictionary<string, string> { ["faces.csv"] = hash },
    };

    private string At(string name) => Path.Combine(_folder.Path, name);
}
