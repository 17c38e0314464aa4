namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Whether a store answers, to wait for it.</summary>
internal static class StoreAnswers
{
    /// <summary>Whether a check of some token has an answer, be it yes or no.</summary>
    public static async ValueTask<bool> AnswersAsync(this RedisTokenStore store)
    {
        try
        {
            await store.IsActiveAsync("some", "user-1");
            return true;
        }
        catch (TokenStoreException)
        {
            return false;
        }
    }
}
