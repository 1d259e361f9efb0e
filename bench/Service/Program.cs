using System.CommandLine;
using System.Globalization;
using Mtcnn.ServiceLoad;
using Mtcnn.Suite;

const double Load = 0.8;
const double Overload = 3;
const int AllRequests = 20_000;

Argument<string> address = new("address") { Description = "Where the service listens." };
Argument<int> process = new("process") { Description = "Its process." };
Argument<FileInfo> photo = new("photo") { Description = "What is sent." };
Option<bool> quick = new("--quick") { Description = "A few seconds of each, to see that all works." };
RootCommand root = new("Measures a running service of samples/Service against the detector itself.") { address, process, photo, quick };
root.SetAction(async parsed =>
{
    bool isQuick = parsed.GetValue(quick);
    string path = parsed.GetRequiredValue(photo).FullName;
    byte[] bytes = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
    Uri detect = new($"{parsed.GetRequiredValue(address)}/detect");
    using BareDetector bare = new(bytes);
    using ServiceUnderLoad service = new(detect, parsed.GetRequiredValue(process), path);
    using OpenLoop clients = new(detect, bytes);

    Capacity capacity = Capacity.Measure(bare, service, isQuick ? 1 : AllRequests);
    Console.WriteLine(Machine.Describe());
    Console.WriteLine();
    Console.WriteLine(capacity.Table());

    TimeSpan time = TimeSpan.FromSeconds(isQuick ? 2 : 10);
    int rounds = isQuick ? 1 : 9;
    Random random = new(20160826);
    List<LoadAnswers> even = [];
    List<LoadAnswers> chance = [];
    List<LoadAnswers> overload = [];
    for (int round = 0; round < rounds; round++)
    {
        // What it can do just now: on a machine that has other work too, that changes.
        double rate = service.Saturate(time).PerSecond;
        even.Add(await clients.RunAsync(Load * rate, time, () => 1).ConfigureAwait(false));
        chance.Add(await clients.RunAsync(Load * rate, time, () => -Math.Log(1 - random.NextDouble())).ConfigureAwait(false));
        overload.Add(await clients.RunAsync(Overload * rate, time, () => 1).ConfigureAwait(false));
    }

    Console.WriteLine("| load | answered a second | p50 ms | p99 ms | p99 of p50 | refused with 503 and Retry-After | other answers |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
    WriteRow("80 %, evenly", even);
    WriteRow("80 %, at random", chance);
    WriteRow("300 %, evenly", overload);
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);

static void WriteRow(string name, List<LoadAnswers> rounds)
{
    double Median(Func<LoadAnswers, double> of) => Turns.Median(rounds.Select(of));
    double p50 = Median(answers => answers.Percentile(0.5));
    double p99 = Median(answers => answers.Percentile(0.99));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Median(answers => answers.AcceptedPerSecond):F1} | {p50:F0} | {p99:F0} | {p99 / p50:F1} | {100 * Median(answers => answers.Refused):F0} % | {rounds.Sum(answers => answers.Others)} |"));
}
