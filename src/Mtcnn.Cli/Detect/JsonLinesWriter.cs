namespace Mtcnn.Cli.Detect;

/// <summary>JSON Lines: one object a picture, one line an object, each written at once.</summary>
internal sealed class JsonLinesWriter(Stream output) : IResultWriter
{
    public void Write(PictureResult result)
    {
        output.Write([.. PictureResultJson.ToBytes(result).Span, (byte)'\n']);
        output.Flush();
    }

    public void Finish()
    {
    }
}
