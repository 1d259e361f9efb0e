namespace Mtcnn.Cli.Detect;

/// <summary>Writes JSON Lines: one object per image, each on its own line and written immediately.</summary>
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
