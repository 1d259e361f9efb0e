using Microsoft.Extensions.Options;
using Mtcnn.Models;
using Mtcnn.Samples.Service;

try
{
    await using WebApplication app = ServiceApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (failure is OptionsValidationException or ModelException or IOException)
{
    await Console.Error.WriteLineAsync($"The service cannot start. {failure.Message}");
    return 1;
}
