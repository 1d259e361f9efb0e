namespace Mtcnn.Cli.Detect;

/// <summary>JSON Lines: one object an image, one line an object, each written at once.</summary>
internal sealed class JsonLinesWriter(Stream output) : IResultWriter
{
    public void Write(ImageResult result)
    {
        output.Write([.. ImageResultJson.ToBytes(result).Span, (byte)'\n']);
        output.Flush();
    }

    public void Finish()
    {
    }
}
