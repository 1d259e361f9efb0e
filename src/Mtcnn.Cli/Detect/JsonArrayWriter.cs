namespace Mtcnn.Cli.Detect;

/// <summary>Writes one JSON array with an object per image.</summary>
internal sealed class JsonArrayWriter(Stream output) : IResultWriter
{
    private bool _begun;

    public void Write(ImageResult result)
    {
        ReadOnlySpan<byte> separator = _begun ? ",\n"u8 : "[\n"u8;
        output.Write([.. separator, .. ImageResultJson.ToBytes(result).Span]);
        output.Flush();
        _begun = true;
    }

    public void Finish()
    {
        output.Write(_begun ? "\n]\n"u8 : "[]\n"u8);
        output.Flush();
    }
}
