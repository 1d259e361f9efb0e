using Mtcnn.Cli.Terminal;
using Mtcnn.Imaging;

using OpenCvSharp;

namespace Mtcnn.Cli.Inputs;

/// <summary>Decodes a file or standard input to an upright BGR image.</summary>
internal static class InputReader
{
    /// <summary>
    /// Throws <see cref="ImageException"/> if the input is not an image, and <see cref="OperationCanceledException"/> if
    /// the wait for standard input is cancelled.
    /// </summary>
    public static Mat Read(InputSource source, CancellationToken stop) =>
        source.IsStandardInput ? ReadStandardInput(stop) : ImageReader.Read(source.Name);

    private static Mat ReadStandardInput(CancellationToken stop)
    {
        if (!Console.IsInputRedirected)
        {
            throw new CommandException(
                "\"-\" reads an image from standard input, but standard input is a terminal.",
                "Redirect an image: mtcnn detect - < photo.jpg");
        }

        // A blocked read cannot be cancelled, but waiting for it can.
        return Task.Run(
            () =>
            {
                using Stream input = Console.OpenStandardInput();
                return ImageReader.Read(input);
            },
            stop).WaitAsync(stop).GetAwaiter().GetResult();
    }
}
