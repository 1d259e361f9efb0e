using System.Buffers;
using System.Text.Json;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// A file of JSON Lines that an earlier run of the command may have begun, killed or not: what it holds is not done again, and a line that was cut short
/// is. While it is open, no other process of this command writes to it.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly string _path;
    private readonly FileStream _file;

    // How many lines there are of an image that no image of this run has yet been matched with.
    private readonly Dictionary<string, int> _unmatched = new(StringComparer.Ordinal);

    /// <exception cref="CommandException">The file cannot be opened, is being written by another process, or holds something else.</exception>
    public ResultFile(string path)
    {
        _path = path;
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(
                $"{path} cannot be written: {failure.Message}", "Give a file that can be, and that no other mtcnn is writing to.", failure);
        }

        try
        {
            ReadLines();
        }
        catch (IOException failure)
        {
            _file.Dispose();
            throw new CommandException($"{path} cannot be read and written again: {failure.Message}", "Give a regular file.", failure);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Where further lines go: the end.</summary>
    public Stream Output => _file;

    /// <summary>How many lines were there when it was opened.</summary>
    public int Lines { get; private set; }

    /// <summary>The number of lines for images that could not be read.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether there is a line of this image. An image that is given twice has two.</summary>
    public bool Take(string image)
    {
        if (_unmatched.GetValueOrDefault(image) == 0)
        {
            return false;
        }

        _unmatched[image]--;
        return true;
    }

    /// <summary>Puts what was written where it outlasts the machine.</summary>
    /// <exception cref="CommandException">The disk does not take it.</exception>
    public void Flush()
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (IOException failure)
        {
            throw CannotBeWritten(failure);
        }
    }

    /// <summary>What to throw for a write to <see cref="Output"/> that failed.</summary>
    public CommandException CannotBeWritten(Exception failure) => new(
        $"{_path} cannot be written: {failure.Message}", "When it can be, the same command continues.", failure);

    public void Dispose() => _file.Dispose();

    private void ReadLines()
    {
        ArrayBufferWriter<byte> pending = new();
        byte[] buffer = new byte[BufferSize];
        long whole = 0;
        for (int count; (count = _file.Read(buffer)) > 0;)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, count);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                pending.Write(rest[..end]);
                whole += pending.WrittenCount + 1;
                Count(pending.WrittenSpan);
                pending.ResetWrittenCount();
            }

            pending.Write(rest);
        }

        RefuseOtherContent(pending.WrittenSpan);
        _file.SetLength(whole);
        _file.Position = whole;
    }

    private void Count(ReadOnlySpan<byte> line)
    {
        Lines++;
        try
        {
            Utf8JsonReader json = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref json);
            string image = document.RootElement.GetProperty("image").GetString()!;
            _unmatched[image] = _unmatched.GetValueOrDefault(image) + 1;
            Errors += document.RootElement.TryGetProperty("error", out _) ? 1 : 0;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw NoLineOfOurs(Lines, $": {failure.Message}", failure);
        }
    }

    // What is cut off has to be the beginning of a line of ours.
    private void RefuseOtherContent(ReadOnlySpan<byte> cutShort)
    {
        ReadOnlySpan<byte> beginning = "{\"image\":\""u8;
        int length = Math.Min(beginning.Length, cutShort.Length);
        if (!cutShort[..length].SequenceEqual(beginning[..length]))
        {
            throw NoLineOfOurs(Lines + 1, ".");
        }
    }

    private CommandException NoLineOfOurs(int line, string why, Exception? failure = null) => new(
        $"{_path}({line}): this is not a line that `mtcnn detect` wrote{why}", "Name another file, or delete this one.", failure);
}
