namespace Mtcnn.Cli.TrainCascade;

/// <summary>The arguments of one run of `mtcnn train cascade`.</summary>
/// <param name="Configuration">The file of the configuration.</param>
/// <param name="Data">The folder that its paths are relative to; null for the folder of the configuration.</param>
/// <param name="Folder">The folder of the run.</param>
/// <param name="RestartFrom">The first step to repeat, with all steps after it; null to resume.</param>
internal sealed record CascadeRequest(string Configuration, string? Data, string Folder, string? RestartFrom);
