using CaffeSharp;
using FirstCall;

// FirstCall                 prints the names of the entry points
// FirstCall NAME FOLDER     calls one as the first thing in the process, with the files of FOLDER, and prints what it gives
if (args is not [string name, string folder])
{
    Console.WriteLine(string.Join('\n', EntryPoints.Names));
    return 0;
}

try
{
    Console.WriteLine(EntryPoints.Call(name, folder));
}
catch (CaffeException error)
{
    Console.WriteLine($"{error.Kind}: {error.Message}");
}

return 0;
