using System.Text.Json;
using Mtcnn.Training.Files;
using Mtcnn.Training.Nets;

namespace Mtcnn.Training.Stages;

/// <summary>The records of a run's stages: one small JSON file each.</summary>
internal sealed class StageRecords(string runFolder)
{
    private readonly string _folder = Path.Combine(runFolder, "stages");

    /// <summary>Where a stage's record lies.</summary>
    public string PathOf(IRunStage stage) => Path.Combine(_folder, stage.Name.Replace('/', '-') + ".json");

    /// <summary>A stage's record; null where it was never begun.</summary>
    /// <exception cref="RunException">The file is damaged.</exception>
    public StageRecord? Read(IRunStage stage)
    {
        string path = PathOf(stage);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), StageRecordJson.Default.StageRecord) ?? throw Damaged(path, "it is empty", null);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception.Message, exception);
        }
    }

    /// <summary>Keeps a stage's record.</summary>
    public void Write(IRunStage stage, StageRecord record)
    {
        _ = Directory.CreateDirectory(_folder);
        RecordFile.Write(PathOf(stage), JsonSerializer.Serialize(record, StageRecordJson.Default.StageRecord));
    }

    /// <summary>Forgets a stage.</summary>
    public void Delete(IRunStage stage)
    {
        if (Directory.Exists(_folder))
        {
            File.Delete(PathOf(stage));
        }
    }

    private static RunException Damaged(string path, string why, Exception? cause) =>
        new($"{path}: the record of a stage is damaged: {why} Delete it; the stage is then done anew.", cause);
}
