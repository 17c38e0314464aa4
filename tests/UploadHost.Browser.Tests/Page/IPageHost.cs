using LedgerLift.Testing;

namespace UploadHost.Browser.Tests;

/// <summary>A host that serves the page, whatever stands behind it.</summary>
public interface IPageHost
{
    /// <summary>Where the page is.</summary>
    Uri BaseUrl { get; }

    /// <summary>What the browser's uploads go through.</summary>
    TcpFaultProxy Store { get; }

    /// <summary>What Chromium must be started with to reach this host.</summary>
    IReadOnlyList<string> BrowserArguments { get; }

    /// <summary>A token that the page is to be given by a person; null: the page gets one by itself.</summary>
    Task<string?> IssueTokenAsync();

    /// <summary>The hash of the stored object, read past the page and past the host where the store can be asked.</summary>
    Task<string> ReadBackSha256Async(string key, string documentId);

    /// <summary>How many uploads in parts the store keeps that were neither completed nor given up.</summary>
    Task<int> CountUnfinishedUploadsAsync();
}
