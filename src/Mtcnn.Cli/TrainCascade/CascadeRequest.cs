namespace Mtcnn.Cli.TrainCascade;

/// <summary>What `mtcnn train cascade` was asked for.</summary>
/// <param name="Configuration">The file of the configuration.</param>
/// <param name="Data">Where its paths begin; null for its folder.</param>
/// <param name="Folder">The folder of the run.</param>
/// <param name="RestartFrom">The step from which on everything is done again; null to continue.</param>
internal sealed record CascadeRequest(string Configuration, string? Data, string Folder, string? RestartFrom);
