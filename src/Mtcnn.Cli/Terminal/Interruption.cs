using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Mtcnn.Cli.Terminal;

/// <summary>
/// Cancels a token at the first SIGINT, SIGTERM or SIGHUP, so that finished results are written. The second signal
/// ends the process immediately.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    [SuppressMessage("Reliability", "CA2000", Justification = "The registrations are disposed with this.")]
    public Interruption() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, signal: 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, signal: 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, signal: 1)),
        ];

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code for the signal; null if there was none.</summary>
    public int? RequestedExitCode => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int signal)
    {
        if (Interlocked.CompareExchange(ref _exitCode, ExitCode.OfSignal(signal), 0) != 0)
        {
            return;
        }

        context.Cancel = true;
        _source.Cancel();
    }
}
