using Mtcnn.Cli.Terminal;
using Mtcnn.Imaging;

using OpenCvSharp;

namespace Mtcnn.Cli.Inputs;

/// <summary>Decodes a file or standard input to an upright BGR image.</summary>
internal static class InputReader
{
    /// <summary>
    /// Throws <see cref="ImageException"/> where this is not an image, and <see cref="OperationCanceledException"/> where
    /// the wait for standard input is cancelled.
    /// </summary>
    public static Mat Read(InputSource source, CancellationToken stop) =>
        source.IsStandardInput ? ReadStandardInput(stop) : ImageReader.Read(source.Name);

    private static Mat ReadStandardInput(CancellationToken stop)
    {
        if (!Console.IsInputRedirected)
        {
            throw new CommandException(
                "\"-\" reads an image from standard input, which is a terminal here.",
                "Give it an image: mtcnn detect - < photo.jpg");
        }

        // A read that waits for input cannot be cancelled; the wait for it can.
        return Task.Run(
            () =>
            {
                using Stream input = Console.OpenStandardInput();
                return ImageReader.Read(input);
            },
            stop).WaitAsync(stop).GetAwaiter().GetResult();
    }
}
