using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>A <see cref="NetOptions"/> as the library reads it; holds the strings until it is disposed.</summary>
internal unsafe ref struct NetOptionsMemory : IDisposable
{
    private byte** _stages;

    internal NetOptionsMemory(NetOptions options)
    {
        _stages = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, options.Stages.Count), (nuint)sizeof(byte*));
        for (int stage = 0; stage < options.Stages.Count; stage++)
        {
            _stages[stage] = Utf8StringMarshaller.ConvertToUnmanaged(options.Stages[stage]);
        }

        Value = new NativeNetOptions
        {
            Phase = (int)options.Phase,
            Level = options.Level,
            Stages = _stages,
            StageCount = options.Stages.Count,
            Mode = (int)(options.Device.IsGpu ? CaffeMode.Gpu : CaffeMode.Cpu),
            Device = options.Device.Index,
            HasSeed = options.Seed.HasValue ? 1 : 0,
            Seed = options.Seed.GetValueOrDefault(),
        };
    }

    internal NativeNetOptions Value { get; }

    public void Dispose()
    {
        for (int stage = 0; stage < Value.StageCount && _stages is not null; stage++)
        {
            Utf8StringMarshaller.Free(_stages[stage]);
        }

        NativeMemory.Free(_stages);
        _stages = null;
    }
}
