using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CaffeSharp.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Support.UI;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The system's own Chromium, without a window.</summary>
internal sealed class ChromiumBrowser : IDisposable
{
    private readonly ChromeDriver _driver;
    private readonly TemporaryFolder _folder;

    private ChromiumBrowser(ChromeDriver driver, TemporaryFolder folder)
    {
        _driver = driver;
        _folder = folder;
    }

    /// <summary>Opens a page.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The driver disposes its service, and the browser the driver.")]
    public static ChromiumBrowser At(Uri page)
    {
        ChromeOptions options = new() { BinaryLocation = Installed("chromium", "chromium-browser", "google-chrome") };

        // Root may not use the sandbox, and a container's /dev/shm is small.
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1000");
        ChromeDriverService service = ChromeDriverService.CreateDefaultService(Installed("chromedriver"));

        // Chromium does not remove its temporary files.
        TemporaryFolder folder = new();
        service.DriverProcessStarting += (_, driver) => driver.DriverServiceProcessStartInfo.Environment["TMPDIR"] = folder.Path;
        ChromiumBrowser browser = new(new ChromeDriver(service, options, ServiceProcess.Patience), folder);
        browser._driver.Navigate().GoToUrl(page);
        return browser;
    }

    /// <summary>The one element of this id.</summary>
    public IWebElement this[string id] => _driver.FindElement(By.Id(id));

    /// <summary>Drops a file on an element, as from a file manager.</summary>
    public void Drop(string path, IWebElement target)
    {
        foreach (string type in new[] { "dragEnter", "dragOver", "drop" })
        {
            _ = _driver.ExecuteCdpCommand("Input.dispatchDragEvent", new Dictionary<string, object?>
            {
                ["type"] = type,
                ["x"] = target.Location.X + (target.Size.Width / 2),
                ["y"] = target.Location.Y + (target.Size.Height / 2),
                ["data"] = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = new[] { path }, ["dragOperationsMask"] = 1 },
            });
        }
    }

    /// <summary>Waits until something is so.</summary>
    public void Until(Func<bool> condition) => new WebDriverWait(_driver, ServiceProcess.Patience).Until(_ => condition());

    /// <summary>Numbers that a script returns.</summary>
    public double[] Numbers(string script, params object[] arguments) =>
        [.. ((ReadOnlyCollection<object>)_driver.ExecuteScript(script, arguments)!).Select(number => Convert.ToDouble(number, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        _driver.Dispose();
        _folder.Dispose();
    }

    private static string Installed(params string[] names)
    {
        string? path = names.SelectMany(name => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (SharedFolder.IsQuick || path is null)
        {
            SharedFolder.Missing($"the program {names[0]}", "./build.sh setup installs it.");
        }

        return path!;
    }
}
