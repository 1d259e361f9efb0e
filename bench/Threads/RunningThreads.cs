using System.Globalization;

namespace Mtcnn.ThreadBudget;

/// <summary>Counts the process's threads in the state "running", which includes those that wait for a processor.</summary>
internal sealed class RunningThreads
{
    private long _samples;
    private long _running;

    /// <summary>The mean of the samples.</summary>
    public double Mean => _samples == 0 ? 0 : (double)_running / _samples;

    /// <summary>Looks once. The calling thread does not count.</summary>
    public void Sample()
    {
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                string stat = File.ReadAllText(Path.Combine(task, "stat"));
                int state = stat.LastIndexOf(')') + 2;
                if (stat[state] == 'R')
                {
                    _running++;
                }
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        _running--;
        _samples++;
    }

    /// <summary>Seconds that all threads of the process have had a processor.</summary>
    public static double ProcessorSeconds()
    {
        // The 14th and 15th fields, in hundredths of a second; the second may hold spaces.
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }
}
