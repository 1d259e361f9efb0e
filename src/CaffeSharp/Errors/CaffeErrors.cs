using System.Runtime.InteropServices.Marshalling;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Turns a failed call into a <see cref="CaffeException"/>.</summary>
internal static class CaffeErrors
{
    /// <summary>Must run on the thread that made the call, before its next one.</summary>
    internal static void ThrowIfFailed(this CaffeStatus status)
    {
        if (status == CaffeStatus.ErrorLayer)
        {
            KeptException.Rethrow();
        }

        if (status != CaffeStatus.Ok)
        {
            throw Last(status);
        }
    }

    private static unsafe CaffeException Last(CaffeStatus status)
    {
        CaffeStatus read = ErrorNative.caffe_error_last(out NativeError error);
        if (read != CaffeStatus.Ok)
        {
            return new CaffeException($"Caffe failed with status {status} and cannot say why ({read}).")
            {
                Kind = Kind(status),
            };
        }

        return new CaffeException(Text(error.Message) ?? $"Caffe failed with status {status}.")
        {
            Kind = Kind(status),
            LayerName = Text(error.Layer),
            BlobName = Text(error.Blob),
            Path = Text(error.Path),
            Line = error.PathLine > 0 ? error.PathLine : null,
            Column = error.PathColumn > 0 ? error.PathColumn : null,
            SourceFile = Text(error.SourceFile),
            SourceLine = error.SourceLine > 0 ? error.SourceLine : null,
        };
    }

    private static CaffeErrorKind Kind(CaffeStatus status) => status switch
    {
        CaffeStatus.ErrorCheck => CaffeErrorKind.Check,
        CaffeStatus.ErrorArgument => CaffeErrorKind.Argument,
        CaffeStatus.ErrorNotFound => CaffeErrorKind.NotFound,
        CaffeStatus.ErrorFormat => CaffeErrorKind.Format,
        CaffeStatus.ErrorIo => CaffeErrorKind.IO,
        CaffeStatus.ErrorOutOfMemory => CaffeErrorKind.OutOfMemory,
        CaffeStatus.ErrorUnsupported => CaffeErrorKind.Unsupported,
        CaffeStatus.ErrorBusy => CaffeErrorKind.Busy,
        _ => CaffeErrorKind.Internal,
    };

    private static unsafe string? Text(byte* text) =>
        text is null || *text == 0 ? null : Utf8StringMarshaller.ConvertToManaged(text);
}
