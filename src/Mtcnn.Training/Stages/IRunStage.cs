using System.Text.Json.Nodes;

namespace Mtcnn.Training.Stages;

/// <summary>One step of a run, such as the training of one net: from files and options to files.</summary>
internal interface IRunStage
{
    /// <summary>What it is called in messages and in the run's folder, as in <c>24net/train</c>.</summary>
    string Name { get; }

    /// <summary>Everything but files that decides what it makes, as the configuration has it.</summary>
    JsonObject Options { get; }

    /// <summary>The files that it reads and that decide what it makes; of a large store, the small file that describes it.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>The files that it leaves; of a large store, the small file that describes it.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>Does it, or continues where a stopped run of the same stage left it.</summary>
    /// <param name="say">Told in a line how it goes.</param>
    /// <param name="stop">Stops it, so that it can continue later.</param>
    Task RunAsync(IProgress<string> say, CancellationToken stop);

    /// <summary>Deletes what it made, whole or not.</summary>
    void Clear();
}
