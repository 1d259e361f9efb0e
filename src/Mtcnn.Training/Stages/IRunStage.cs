using System.Text.Json.Nodes;

namespace Mtcnn.Training.Stages;

/// <summary>One step of a run, such as the training of one net: it creates files from files and options.</summary>
internal interface IRunStage
{
    /// <summary>The name in messages and in the run's folder, as in <c>24net/train</c>.</summary>
    string Name { get; }

    /// <summary>The options that determine the result, as in the configuration.</summary>
    JsonObject Options { get; }

    /// <summary>The input files that determine the result. A large store is represented by the small file that describes it.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>The output files. A large store is represented by the small file that describes it.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>Runs the stage, or resumes an interrupted run of it.</summary>
    /// <param name="say">Receives the progress as lines of text.</param>
    /// <param name="stop">Stops the stage, so that it can be resumed later.</param>
    Task RunAsync(IProgress<string> say, CancellationToken stop);

    /// <summary>Deletes the output files, complete or not.</summary>
    void Clear();
}
