using CaffeSharp;

using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Training;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;

namespace Mtcnn.Cli.Terminal;

/// <summary>Formats exceptions as error messages.</summary>
internal static class ErrorReport
{
    /// <summary>The prefix of every message of the command.</summary>
    public const string Prefix = "mtcnn: ";

    /// <summary>Returns the message of an exception, in one or more lines: what is wrong, where, and how to fix it.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        CommandException { Fix: { } fix } => $"{failure.Message}\n{fix}",
        ArgumentException argument => WithoutParameterName(argument),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        OutOfMemoryException => "There is not enough memory.",
        _ when IsExpected(failure) => failure.Message,
        _ => $"{failure.GetType().Name}: {failure.Message}\n"
            + "This is a bug in mtcnn. Please report it with the stack trace that --verbose shows.",
    };

    /// <summary>Returns the message in one line, without the image's name at the beginning.</summary>
    public static string DescribeInOneLine(Exception failure, string image)
    {
        string line = string.Join(' ', Describe(failure).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        string prefix = image + ": ";
        return line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
    }

    /// <summary>Writes the exception to standard error, with its stack trace if <paramref name="verbose"/> is true.</summary>
    public static void Write(Exception failure, bool verbose)
    {
        Line(Describe(failure));
        if (verbose)
        {
            Console.Error.WriteLine(failure);
        }
    }

    /// <summary>Writes a message of the command to standard error, with the prefix.</summary>
    public static void Line(string message) => Console.Error.WriteLine(Prefix + message);

    /// <summary>Writes what to do next to standard error.</summary>
    public static void Hint(string message) => Console.Error.WriteLine(message);

    private static bool IsExpected(Exception failure) => failure
        is CommandException or ImageException or ModelException or AnnotationException or CropException or RunException or CaffeException or NativeLibraryException
        or DllNotFoundException or IOException or UnauthorizedAccessException or OperationCanceledException;

    private static string WithoutParameterName(ArgumentException failure)
    {
        string suffix = $" (Parameter '{failure.ParamName}')";
        return failure.Message.Replace(suffix, string.Empty, StringComparison.Ordinal);
    }
}
