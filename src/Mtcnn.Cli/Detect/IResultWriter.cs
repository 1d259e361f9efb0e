namespace Mtcnn.Cli.Detect;

/// <summary>Writes results in one format. Each result has reached the reader when <see cref="Write"/> returns, or, for a
/// format that is one whole, when <see cref="Finish"/> does.</summary>
internal interface IResultWriter
{
    /// <summary>Whether each result is written when it is there, not all of them at the end.</summary>
    bool WritesEachResult => true;

    void Write(ImageResult result);

    /// <summary>Ends the output; also after an interruption, so that what was written is whole.</summary>
    void Finish();
}
