using System.Text.Json.Nodes;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Crops;

/// <summary>The record of a folder of crops.</summary>
/// <param name="folder">The folder.</param>
/// <param name="name">The name of the file in it.</param>
internal sealed class PreparationFile(string folder, string name)
    : ResumableRecord<PreparationRecord>(System.IO.Path.Combine(folder, name), CropJson.Default.PreparationRecord)
{
    /// <inheritdoc/>
    protected override string Remedy => "Delete its folder and prepare the crops again.";

    /// <inheritdoc/>
    protected override JsonObject OptionsOf(PreparationRecord record) => record.Plan;

    /// <inheritdoc/>
    protected override string Refusal(PreparationRecord before, PreparationRecord now, string changes) =>
        $"{folder}: the crops in this folder were prepared with other options or files: {changes}. Use the same ones, name another folder, or delete this one.";

    /// <inheritdoc/>
    protected override Exception Failure(string message, Exception? cause) => new CropException(message, cause);
}
