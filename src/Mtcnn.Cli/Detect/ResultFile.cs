using System.Buffers;
using System.Text.Json;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// A file of JSON Lines that an earlier run of the command may have started. Images that it contains are skipped, and an incomplete last line
/// is written again. While the file is open, no other process of this command writes to it.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly string _path;
    private readonly FileStream _file;

    // The number of lines per image that are not yet matched with an image of this run.
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
                $"{path} cannot be written: {failure.Message}", "Give a writable file that no other mtcnn process is writing.", failure);
        }

        try
        {
            ReadLines();
        }
        catch (IOException failure)
        {
            _file.Dispose();
            throw new CommandException($"{path} cannot be read and rewritten: {failure.Message}", "Give a regular file.", failure);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The stream for further lines, positioned at the end.</summary>
    public Stream Output => _file;

    /// <summary>The number of lines when the file was opened.</summary>
    public int Lines { get; private set; }

    /// <summary>The number of lines for images that could not be read.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether the file contains a line for this image. An image that is given twice has two lines.</summary>
    public bool Take(string image)
    {
        if (_unmatched.GetValueOrDefault(image) == 0)
        {
            return false;
        }

        _unmatched[image]--;
        return true;
    }

    /// <summary>Flushes the written lines to the disk, so that they survive a crash of the machine.</summary>
    /// <exception cref="CommandException">The lines cannot be written.</exception>
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

    /// <summary>Returns the exception for a failed write to <see cref="Output"/>.</summary>
    public CommandException CannotBeWritten(Exception failure) => new(
        $"{_path} cannot be written: {failure.Message}", "Fix the cause, then run the same command again to continue.", failure);

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

    // Only the beginning of a line that this command wrote is cut off.
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
