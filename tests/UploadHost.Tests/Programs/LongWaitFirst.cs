using UploadHost.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongWaitFirst))]

namespace UploadHost.Tests;

/// <summary>Begins with the class that waits for half a minute and does nothing.</summary>
public sealed class LongWaitFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. testCollections.OrderByDescending(collection =>
                collection.TestCollectionDisplayName.Contains(nameof(ClientExitTests), StringComparison.Ordinal)
            ),
        ];
}
