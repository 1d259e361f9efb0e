using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CaffeSharp;

/// <summary>Finds the shared libraries that a library needs and the machine lacks, and the packages that hold them.</summary>
internal static partial class MissingDependencies
{
    /// <summary>Debian's and Ubuntu's packages whose names do not follow from the library's name.</summary>
    private static readonly Dictionary<string, string> s_packages = new(StringComparer.Ordinal)
    {
        ["libblas.so.3"] = "libopenblas0-pthread",
        ["libcblas.so.3"] = "libopenblas0-pthread",
        ["libopenblas.so.0"] = "libopenblas0-pthread",
        ["libhdf5_serial.so.103"] = "libhdf5-103-1",
        ["libhdf5_serial_hl.so.100"] = "libhdf5-hl-100",
        ["libleveldb.so.1d"] = "libleveldb1d",
        ["libsnappy.so.1"] = "libsnappy1v5",
        ["libgcc_s.so.1"] = "libgcc-s1",
    };

    /// <summary>The names of what is missing ("liblmdb.so.0"); empty if nothing is or if it cannot be found out.</summary>
    internal static IReadOnlyList<string> Of(string libraryPath)
    {
        try
        {
            // The dynamic linker alone knows all the places it looks at; ldd is its own way to ask.
            ProcessStartInfo start = new("ldd")
            {
                ArgumentList = { libraryPath },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["LC_ALL"] = "C" },
            };
            using Process? ldd = Process.Start(start);
            if (ldd is null)
            {
                return [];
            }

            ldd.BeginErrorReadLine();
            return InListing(ldd.StandardOutput.ReadToEnd());
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    /// <summary>The names that the linker, in its own words, cannot find: of ldd's listing or dlopen's message.</summary>
    internal static IReadOnlyList<string> InListing(string listing) =>
        [.. NotFound().Matches(listing).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The package of Debian and Ubuntu that holds a library: known, or by Debian's rule for their names.</summary>
    internal static string Package(string library)
    {
        if (s_packages.TryGetValue(library, out string? known))
        {
            return known;
        }

        Match match = Versioned().Match(library);
        if (!match.Success)
        {
            return library;
        }

        string name = match.Groups["name"].Value.Replace('_', '-');
        string separator = char.IsAsciiDigit(name[^1]) ? "-" : string.Empty;
        return $"{name}{separator}{match.Groups["version"].Value}".ToLowerInvariant();
    }

    [GeneratedRegex(@"^\s*(?<name>\S+)( => not found|: cannot open shared object file)", RegexOptions.Multiline)]
    private static partial Regex NotFound();

    [GeneratedRegex(@"^(?<name>lib.+?)\.so\.(?<version>\S+)$")]
    private static partial Regex Versioned();
}
