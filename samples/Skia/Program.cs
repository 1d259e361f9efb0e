using System.Globalization;
using CaffeSharp;
using Mtcnn.Models;

namespace Mtcnn.Samples.Skia;

/// <summary>A program on Mtcnn.Core and SkiaSharp, without OpenCV: finds the faces of a photo and writes each one aligned.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("Usage: Mtcnn.Samples.Skia PHOTO FOLDER");
            return 2;
        }

        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return FaceWorker.Run(arguments[0], arguments[1], Console.Out) > 0 ? 0 : 1;
        }
        catch (Exception failure) when (failure is CaffeException or ModelException or NativeLibraryException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
