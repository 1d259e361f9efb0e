namespace Mtcnn.Cli.Detect;

/// <summary>Writes results in one format. Each result is flushed when <see cref="Write"/> returns, or, for a
/// format that cannot be written in parts, when <see cref="Finish"/> returns.</summary>
internal interface IResultWriter
{
    /// <summary>Whether each result is written immediately, instead of all results at the end.</summary>
    bool WritesEachResult => true;

    void Write(ImageResult result);

    /// <summary>Ends the output. Also called after an interruption, so that the output is valid.</summary>
    void Finish();
}
