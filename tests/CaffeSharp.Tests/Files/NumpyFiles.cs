using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Files;

/// <summary>Arrays that NumPy saved, one a type, all by one run of Python.</summary>
public sealed class NumpyFiles : IDisposable
{
    private const string Script = """
        for t in '<f2 <f4 >f4 <f8 >f8 |i1 <i2 >i4 <i8'.split():
            np.save('%s/signed%s.npy' % (args[0], t), np.array([[-1, 2, 3], [4, 5, -128]], dtype=t))
        for t in '|u1 >u2 <u4 <u8'.split():
            np.save('%s/unsigned%s.npy' % (args[0], t), np.array([0, 1, np.iinfo(t).max], dtype=t))
        np.save('%s/unsigned|b1.npy' % args[0], np.array([False, True, True]))
        for t in '<U5 <c8 |S3'.split():
            np.save('%s/other%s.npy' % (args[0], t), np.array([1, 2]).astype(t))
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _saved;

    // Saved by the first test that asks for one: the others do not need Python.
    public NumpyFiles() => _saved = new(Save);

    public void Dispose() => _folder.Dispose();

    /// <summary>-1, 2, 3 and 4, 5, -128.</summary>
    internal string Signed(string type) => Path.Combine(_saved.Value, $"signed{type}.npy");

    /// <summary>0, 1 and the type's largest.</summary>
    internal string Unsigned(string type) => Path.Combine(_saved.Value, $"unsigned{type}.npy");

    /// <summary>Something that is not a real number.</summary>
    internal string Other(string type) => Path.Combine(_saved.Value, $"other{type}.npy");

    private string Save()
    {
        Pycaffe.Run(Script, _folder.Path);
        return _folder.Path;
    }
}
